/**
 * Shards that have been queued for long, and giving back those of them whose job is gone (a feeder that
 * died before adding it, a Redis that was lost). Two statements, because asking the queue lies between
 * them and no transaction spans Redis; the delivery number tells whether the row is still the one asked about.
 * Raw, because times are compared with the database's clock and rows with a list of pairs.
 */
import type { Queryable } from '../database/database.js';
import { int4, int8, statement } from '../database/statement.js';

export interface Delivery {
  id: number;
  delivery: number;
}

const LIST = statement(
  { id: int8, delivery: int4 },
  `
  SELECT id, deliveries AS delivery FROM shard
   WHERE state = 'queued' AND queued_at < now() - $1 * interval '1 millisecond'
   ORDER BY queued_at`,
);

const REQUEUE = statement(
  { id: int8 },
  `
  UPDATE shard s SET state = 'pending', queued_at = NULL
    FROM unnest($1::int8[], $2::int4[]) AS lost (id, delivery)
   WHERE s.id = lost.id AND s.deliveries = lost.delivery AND s.state = 'queued'
  RETURNING s.id`,
);

export function listStaleDeliveries(db: Queryable, queuedMs: number): Promise<Delivery[]> {
  return db.run(LIST, [queuedMs]);
}

/** The shards given back. */
export async function requeueShards(db: Queryable, lost: readonly Delivery[]): Promise<number[]> {
  const rows = await db.run(REQUEUE, [
    lost.map((delivery) => delivery.id),
    lost.map((delivery) => delivery.delivery),
  ]);
  return rows.map((row) => row.id);
}
