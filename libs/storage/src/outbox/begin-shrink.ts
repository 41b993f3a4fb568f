/**
 * Begins a shrink, if it is still wanted: a job may be an old one, delivered twice. A start is counted until
 * somebody says how it ended; a shrink whose worker ended too often before it did is given up here, with its message.
 * Raw, because counting and judging the count are one statement, and the time is the database's.
 */
import type { Queryable } from '../database/database.js';
import { bool, statement } from '../database/statement.js';
import { LOST_LEASES } from '../limits.js';

const GIVEN_UP = `its worker ended ${LOST_LEASES} times while it ran`;

const BEGIN = statement(
  { open: bool },
  `
  UPDATE outbox
     SET unended_starts = unended_starts + (unended_starts < $2)::int4,
         state = CASE WHEN unended_starts < $2 THEN state ELSE 'failed' END,
         message = CASE WHEN unended_starts < $2 THEN message ELSE $3 END,
         ended_at = CASE WHEN unended_starts < $2 THEN NULL ELSE now() END
   WHERE id = $1 AND state IN ('waiting', 'sent')
  RETURNING state <> 'failed' AS open`,
);

const LEAVE = statement(
  {},
  `UPDATE outbox SET unended_starts = greatest(unended_starts - 1, 0) WHERE id = $1`,
);

/** False if there is nothing to do. */
export async function beginShrink(db: Queryable, outbox: number): Promise<boolean> {
  const [row] = await db.run(BEGIN, [outbox, LOST_LEASES, GIVEN_UP]);
  return row?.open === true;
}

/** Takes the start back: the worker stops in order, or could not reach what it needs. */
export async function leaveShrink(db: Queryable, outbox: number): Promise<void> {
  await db.run(LEAVE, [outbox]);
}
