/**
 * Operations that were sent long ago and that nobody has begun, and sending again those whose job is gone: the same two steps
 * as for shards (stale-deliveries.ts), with the question to the queue between them.
 * Raw, because times are compared with the database's clock and rows with a list of pairs.
 */
import type { Queryable } from '../database/database.js';
import { int4, int8, statement } from '../database/statement.js';
import type { Delivery } from '../shards/stale-deliveries.js';

const LIST = statement(
  { id: int8, delivery: int4 },
  `
  SELECT id, deliveries AS delivery FROM operation
   WHERE state = 'sent' AND sent_at < now() - $1 * interval '1 millisecond'
   ORDER BY id`,
);

const RESEND = statement(
  { id: int8 },
  `
  UPDATE operation o SET state = 'waiting', sent_at = NULL
    FROM unnest($1::int8[], $2::int4[]) AS lost (id, delivery)
   WHERE o.id = lost.id AND o.deliveries = lost.delivery AND o.state = 'sent'
  RETURNING o.id`,
);

export function listStaleOperations(db: Queryable, sentMs: number): Promise<Delivery[]> {
  return db.run(LIST, [sentMs]);
}

/** The rows that wait again. */
export async function resendOperations(
  db: Queryable,
  lost: readonly Delivery[],
): Promise<number[]> {
  const rows = await db.run(RESEND, [
    lost.map((delivery) => delivery.id),
    lost.map((delivery) => delivery.delivery),
  ]);
  return rows.map((row) => row.id);
}
