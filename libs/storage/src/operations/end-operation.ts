/**
 * Cancels an operation that has not ended, and resumes one that was cancelled or has failed. A worker notices a cancel at its
 * next renewal; what it finds meanwhile is dropped. Resumed, it starts again with its counts of failures at zero: what came
 * before is in its messages.
 * Raw, because the time is the database's, and deciding and changing are one statement.
 */
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';

const CANCEL = statement(
  { id: int8 },
  `
  UPDATE operation
     SET state = 'cancelled', owner = NULL, lease_expires_at = NULL, sent_at = NULL, ended_at = now()
   WHERE id = $1 AND state IN ('waiting', 'sent', 'running')
  RETURNING id`,
);

const RESUME = statement(
  { id: int8 },
  `
  UPDATE operation
     SET state = 'waiting', reported_failures = 0, unended_starts = 0, ended_at = NULL, started_at = NULL
   WHERE id = $1 AND state IN ('cancelled', 'failed')
  RETURNING id`,
);

/** False if there is no such operation or it has ended already. */
export async function cancelOperation(db: Queryable, operation: number): Promise<boolean> {
  return (await db.run(CANCEL, [operation])).length > 0;
}

/** False if there is no such operation, or it neither was cancelled nor has failed. */
export async function resumeOperation(db: Queryable, operation: number): Promise<boolean> {
  return (await db.run(RESUME, [operation])).length > 0;
}
