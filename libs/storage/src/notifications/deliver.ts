/**
 * What became of an attempt. Delivered is final, whoever says so. A failure counts only for the attempt it belongs to, so a
 * sender that was stopped and comes back late disturbs nobody; the message is due again after a pause that doubles with every
 * attempt (and varies a little, so that messages do not arrive in step), or has failed.
 * Raw, because times are the database's, and judging the count is one statement with the change.
 */
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';
import { MESSAGE_LENGTH, NOTIFY_ATTEMPTS, NOTIFY_LONGEST_PAUSE_MS } from '../limits.js';

const DELIVERED = statement(
  {},
  `
  UPDATE notification SET state = 'delivered', message = NULL, ended_at = now()
   WHERE id = $1 AND state <> 'delivered'`,
);

const FAILED = statement(
  {},
  `
  UPDATE notification
     SET message = $3,
         state = CASE WHEN attempts >= $4 THEN 'failed'::notification_state ELSE 'waiting' END,
         ended_at = CASE WHEN attempts >= $4 THEN now() END,
         due_at = now() + (0.9 + 0.2 * random()) * interval '1 millisecond'
                * greatest(least($5 * power(2, attempts - 1), $6), $7)
   WHERE id = $1 AND attempts = $2 AND state = 'waiting'`,
);

const RETURNED = statement(
  {},
  `
  UPDATE notification SET attempts = attempts - 1, due_at = now()
   WHERE id = $1 AND attempts = $2 AND state = 'waiting'`,
);

export async function markDelivered(db: Queryable, id: string): Promise<void> {
  await db.run(DELIVERED, [id]);
}

/** `pauseMs` is the pause after the first attempt; `atLeastMs` what the endpoint asked for. */
export async function markUndelivered(
  db: Queryable,
  { id, attempt }: { id: string; attempt: number },
  reason: { message: string; pauseMs: number; atLeastMs: number },
): Promise<void> {
  const { message, pauseMs, atLeastMs } = reason;
  const atLeast = Math.min(atLeastMs, NOTIFY_LONGEST_PAUSE_MS);
  const text = message.slice(0, MESSAGE_LENGTH);
  const limits = [NOTIFY_ATTEMPTS, pauseMs, NOTIFY_LONGEST_PAUSE_MS, atLeast];
  await db.run(FAILED, [id, attempt, text, ...limits]);
}

/** Gives a message back that was taken and not sent: the sender stops in order. */
export async function returnNotification(
  db: Queryable,
  { id, attempt }: { id: string; attempt: number },
): Promise<void> {
  await db.run(RETURNED, [id, attempt]);
}
