/**
 * Shrinks that were sent long ago and have not ended, and sending again those whose job is gone: the
 * same two steps as for shards (stale-deliveries.ts), with the question to the queue between them.
 */
import type { Queryable } from '../database/database.js';
import type { Delivery } from '../shards/stale-deliveries.js';

const LIST = `
  SELECT id, deliveries AS delivery FROM outbox
   WHERE state = 'sent' AND sent_at < now() - $1 * interval '1 millisecond'
   ORDER BY id`;

const RESEND = `
  UPDATE outbox o SET state = 'waiting', sent_at = NULL
    FROM unnest($1::int8[], $2::int4[]) AS lost (id, delivery)
   WHERE o.id = lost.id AND o.deliveries = lost.delivery AND o.state = 'sent'
  RETURNING o.id`;

export function listStaleShrinks(db: Queryable, sentMs: number): Promise<Delivery[]> {
  return db.query<Delivery & Record<string, unknown>>(LIST, [sentMs]);
}

/** The rows that wait again. */
export async function resendShrinks(db: Queryable, lost: readonly Delivery[]): Promise<number[]> {
  const rows = await db.query<{ id: number }>(RESEND, [
    lost.map((delivery) => delivery.id),
    lost.map((delivery) => delivery.delivery),
  ]);
  return rows.map((row) => row.id);
}
