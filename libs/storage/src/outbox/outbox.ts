/**
 * Shrinks to be done. The row is written with the bug it belongs to, sent by the relay, and ends with the
 * work itself: a job that is lost is sent again under the next delivery number, so no job is ever needed
 * to remember anything.
 */
import type { ShrinkJob } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { MESSAGE_LENGTH, REPORTED_FAILURES } from '../limits.js';
import type { Delivery } from '../shards/stale-deliveries.js';

const TAKE = `
  WITH chosen AS (
    SELECT id FROM outbox WHERE state = 'waiting' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
  ), sent AS (
    UPDATE outbox o SET state = 'sent', deliveries = o.deliveries + 1, sent_at = now()
      FROM chosen
     WHERE o.id = chosen.id
    RETURNING o.*
  )
  SELECT o.id AS outbox, o.deliveries AS delivery, o.bug_id AS bug, g.digest AS program, g.address,
         s.text AS signature
    FROM sent o
    JOIN program g ON g.id = o.program_id
    JOIN bug b ON b.id = o.bug_id
    JOIN signature s ON s.id = b.signature_id
   ORDER BY o.id`;

const LIST_STALE = `
  SELECT id, deliveries AS delivery FROM outbox
   WHERE state = 'sent' AND sent_at < now() - $1 * interval '1 millisecond'
   ORDER BY id`;

const RESEND = `
  UPDATE outbox o SET state = 'waiting', sent_at = NULL
    FROM unnest($1::int8[], $2::int4[]) AS lost (id, delivery)
   WHERE o.id = lost.id AND o.deliveries = lost.delivery AND o.state = 'sent'
  RETURNING o.id`;

const IS_OPEN = `SELECT id FROM outbox WHERE id = $1 AND state IN ('waiting', 'sent')`;

const FAIL = `
  UPDATE outbox
     SET reported_failures = reported_failures + 1, message = $2, sent_at = NULL,
         state = CASE WHEN $4 OR reported_failures + 1 >= $3 THEN 'failed'::outbox_state
                      ELSE 'waiting' END,
         ended_at = CASE WHEN $4 OR reported_failures + 1 >= $3 THEN now() END
   WHERE id = $1 AND state IN ('waiting', 'sent')`;

/** Marks up to `limit` waiting rows as sent and returns their jobs. */
export function takeShrinks(db: Queryable, limit: number): Promise<ShrinkJob[]> {
  return db.query<ShrinkJob & Record<string, unknown>>(TAKE, [limit]);
}

export function listStaleShrinks(db: Queryable, sentMs: number): Promise<Delivery[]> {
  return db.query<Delivery & Record<string, unknown>>(LIST_STALE, [sentMs]);
}

export async function resendShrinks(db: Queryable, lost: readonly Delivery[]): Promise<number[]> {
  const rows = await db.query<{ id: number }>(RESEND, [
    lost.map((delivery) => delivery.id),
    lost.map((delivery) => delivery.delivery),
  ]);
  return rows.map((row) => row.id);
}

export async function isShrinkOpen(db: Queryable, outbox: number): Promise<boolean> {
  return (await db.query(IS_OPEN, [outbox])).length === 1;
}

/** Records a failure; the third, or a final one (the engine refuses), ends the row with its message. */
export async function failShrink(
  db: Queryable,
  outbox: number,
  message: string,
  final: boolean,
): Promise<void> {
  await db.query(FAIL, [outbox, message.slice(0, MESSAGE_LENGTH), REPORTED_FAILURES, final]);
}
