/**
 * Records a failure of one run. A refusal of the engine is final (the program goes past a bound it declares, there are no
 * such orders); of anything else the third is: until then it waits again. One reported under an older epoch changes nothing.
 * Raw, because counting and judging the count are one statement, and the time is the database's.
 */
import type { Queryable } from '../database/database.js';
import { oneOf, statement } from '../database/statement.js';
import { MESSAGE_LENGTH, REPORTED_FAILURES } from '../limits.js';
import type { OperationLease } from './renew-operations.js';

const SQL = statement(
  { state: oneOf('waiting', 'failed') },
  `
  UPDATE operation
     SET reported_failures = reported_failures + 1, messages = messages || $4::text,
         owner = NULL, lease_expires_at = NULL,
         state = CASE WHEN $6 OR reported_failures + 1 >= $5 THEN 'failed'::operation_state
                      ELSE 'waiting' END,
         ended_at = CASE WHEN $6 OR reported_failures + 1 >= $5 THEN now() END
   WHERE id = $1 AND epoch = $2 AND owner = $3 AND state = 'running'
  RETURNING state::text`,
);

/** The state it left the operation in, or null if the lease was no longer held. */
export async function failOperation(
  db: Queryable,
  worker: string,
  { operation, epoch }: OperationLease,
  message: string,
  final: boolean,
): Promise<'waiting' | 'failed' | null> {
  const told = message.slice(0, MESSAGE_LENGTH);
  const [row] = await db.run(SQL, [operation, epoch, worker, told, REPORTED_FAILURES, final]);
  return row?.state ?? null;
}
