/**
 * Sends a message again that was given up, or one that waits for its next attempt, now and with all its attempts before it. One
 * that was delivered is not sent again: its receiver has it. And a test message to an endpoint, by the same way as all others.
 * Raw, because the due time is the database's.
 */
import type { Queryable } from '../database/database.js';
import { oneOf, statement, uuid } from '../database/statement.js';

const RESEND = statement(
  { id: uuid },
  `
  UPDATE notification SET state = 'waiting', attempts = 0, due_at = now(), ended_at = NULL
   WHERE id = $1 AND state <> 'delivered'
  RETURNING id`,
);

const STATE = statement(
  { state: oneOf('waiting', 'delivered', 'failed') },
  `SELECT state::text FROM notification WHERE id = $1`,
);

const TEST = statement(
  { id: uuid },
  `INSERT INTO notification (endpoint_id) SELECT id FROM endpoint WHERE id = $1 RETURNING id`,
);

export async function resendNotification(
  db: Queryable,
  id: string,
): Promise<'waiting' | 'delivered' | 'unknown'> {
  const [sent] = await db.run(RESEND, [id]);
  if (sent !== undefined) return 'waiting';
  const [row] = await db.run(STATE, [id]);
  return row === undefined ? 'unknown' : 'delivered';
}

/** The id of the message; null if there is no such endpoint. */
export async function sendTest(db: Queryable, endpoint: number): Promise<string | null> {
  const [row] = await db.run(TEST, [endpoint]);
  return row?.id ?? null;
}
