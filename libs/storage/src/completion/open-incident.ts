/**
 * Records that a shard has given two different results. The first stays counted; that they differ means
 * that the engine is not deterministic or a machine is broken, and a person must look: it is announced.
 * Raw, because it belongs to the raw transaction of a completion.
 */
import type { ShardTotals } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';
import { announce } from '../notifications/announce.js';

const SQL = statement(
  { id: int8 },
  `
  INSERT INTO incident (shard_id, epoch, worker_id, counted, differing, detail)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (shard_id, differing) DO NOTHING
  RETURNING id`,
);

export async function openIncident(
  tx: Queryable,
  incident: {
    shard: number;
    epoch: number;
    worker: string;
    counted: string;
    differing: string;
    totals: ShardTotals;
  },
): Promise<void> {
  const { shard, epoch, worker, counted, differing, totals } = incident;
  const values = [shard, epoch, worker, counted, differing, JSON.stringify(totals)];
  const [opened] = await tx.run(SQL, values);
  if (opened === undefined) return;
  const detail = `Shard ${shard} has given two different results: the engine is not deterministic, or a machine is broken.`;
  const { id } = opened;
  await announce(tx, { kind: 'incident', subject: `incident ${id}`, incident: id, detail });
}
