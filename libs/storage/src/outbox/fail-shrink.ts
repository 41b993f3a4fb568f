/**
 * Records a failure of a shrink. A refusal of the engine is final; of anything else the third is: the row
 * ends with its message, until then it waits to be sent again.
 * Raw, because counting and judging the count are one statement, and the time is the database's.
 */
import type { Queryable } from '../database/database.js';
import { MESSAGE_LENGTH, REPORTED_FAILURES } from '../limits.js';
import { statement } from '../database/statement.js';

const SQL = statement(
  {},
  `
  UPDATE outbox
     SET reported_failures = reported_failures + 1, message = $2, sent_at = NULL,
         unended_starts = greatest(unended_starts - 1, 0),
         state = CASE WHEN $4 OR reported_failures + 1 >= $3 THEN 'failed'::outbox_state
                      ELSE 'waiting' END,
         ended_at = CASE WHEN $4 OR reported_failures + 1 >= $3 THEN now() END
   WHERE id = $1 AND state IN ('waiting', 'sent')`,
);

export async function failShrink(
  db: Queryable,
  outbox: number,
  message: string,
  final: boolean,
): Promise<void> {
  await db.run(SQL, [outbox, message.slice(0, MESSAGE_LENGTH), REPORTED_FAILURES, final]);
}
