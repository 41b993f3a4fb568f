/**
 * Records that a shard has given two different results. The first stays counted; that they differ means
 * that the engine is not deterministic or a machine is broken, and a person must look.
 * Raw, because it belongs to the raw transaction of a completion.
 */
import type { ShardTotals } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';

const SQL = statement(
  {},
  `
  INSERT INTO incident (shard_id, epoch, worker_id, counted, differing, detail)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (shard_id, differing) DO NOTHING`,
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
  await tx.run(SQL, [shard, epoch, worker, counted, differing, JSON.stringify(totals)]);
}
