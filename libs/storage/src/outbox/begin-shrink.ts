/**
 * Begins a shrink, if it is still wanted: a job may be an old one, delivered twice, or of somebody else. What is shrunk is what the
 * row says, whatever the job does. A start is counted until
 * somebody says how it ended; a shrink whose worker ended too often before it did is given up here, with its message.
 * Raw, because counting and judging the count are one statement, and the time is the database's.
 */
import type { Queryable } from '../database/database.js';
import { bool, char, statement, text } from '../database/statement.js';
import { LOST_LEASES } from '../limits.js';

const GIVEN_UP = `its worker ended ${LOST_LEASES} times while it ran`;

const BEGIN = statement(
  { open: bool, program: char, signature: text },
  `
  UPDATE outbox o
     SET unended_starts = o.unended_starts + (o.unended_starts < $2)::int4,
         state = CASE WHEN o.unended_starts < $2 THEN o.state ELSE 'failed' END,
         message = CASE WHEN o.unended_starts < $2 THEN o.message ELSE $3 END,
         ended_at = CASE WHEN o.unended_starts < $2 THEN NULL ELSE now() END
    FROM program g, bug b, signature s
   WHERE o.id = $1 AND o.state IN ('waiting', 'sent')
     AND g.id = o.program_id AND b.id = o.bug_id AND s.id = b.signature_id
  RETURNING o.state <> 'failed' AS open, g.digest AS program, s.text AS signature`,
);

const LEAVE = statement(
  {},
  `UPDATE outbox SET unended_starts = greatest(unended_starts - 1, 0) WHERE id = $1`,
);

export interface WantedShrink {
  program: string;
  signature: string;
}

/** What to shrink, as the row has it; null if there is nothing to do. */
export async function beginShrink(db: Queryable, outbox: number): Promise<WantedShrink | null> {
  const [row] = await db.run(BEGIN, [outbox, LOST_LEASES, GIVEN_UP]);
  return row?.open === true ? { program: row.program, signature: row.signature } : null;
}

/** Takes the start back: the worker stops in order, or could not reach what it needs. */
export async function leaveShrink(db: Queryable, outbox: number): Promise<void> {
  await db.run(LEAVE, [outbox]);
}
