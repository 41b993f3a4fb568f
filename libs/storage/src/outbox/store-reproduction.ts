/**
 * Stores a reproduction and ends its outbox row in one statement. Of two workers on the same row the first stays. A proved
 * minimum is the same from both; one of a lower grade depends on the kept failure that the shrink started from.
 * Raw, because it is one statement over two tables, and the time is the database's.
 */
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';

export interface NewReproduction {
  outbox: number;
  grade: string;
  cost: { events: number; preemptions: number; switches: number; steps: number };
  schedule: string;
  traceDigest: string;
  /** JSON text. */
  certificate: string;
}

const SQL = statement(
  {},
  `
  WITH ended AS (
    UPDATE outbox SET state = 'done', ended_at = now(), message = NULL
     WHERE id = $1
    RETURNING bug_id, program_id
  )
  INSERT INTO reproduction (bug_id, program_id, grade, events, preemptions, switches, steps,
                            schedule, trace_digest, certificate)
  SELECT bug_id, program_id, $2, $3, $4, $5, $6, $7, $8, $9 FROM ended
  ON CONFLICT (bug_id, program_id) DO NOTHING`,
);

export async function storeReproduction(
  db: Queryable,
  { outbox, grade, cost, schedule, traceDigest, certificate }: NewReproduction,
): Promise<void> {
  const { events, preemptions, switches, steps } = cost;
  await db.run(SQL, [
    outbox,
    grade,
    events,
    preemptions,
    switches,
    steps,
    schedule,
    traceDigest,
    certificate,
  ]);
}
