/**
 * Operations whose lease has expired wait again, the lost lease counted; one that has lost too many, the last of them alone
 * in its process, has failed. Rows that somebody is just completing are skipped. Safe beside itself.
 * Raw, because Prisma does not skip locked rows.
 */
import type { Queryable } from '../database/database.js';
import { int8, oneOf, statement } from '../database/statement.js';
import { LOST_LEASES, LOST_OPERATION } from '../limits.js';

const SQL = statement(
  { id: int8, state: oneOf('waiting', 'failed') },
  `
  WITH expired AS (
    SELECT id FROM operation
     WHERE state = 'running' AND lease_expires_at < now()
     ORDER BY id
       FOR NO KEY UPDATE SKIP LOCKED
  )
  UPDATE operation o
     SET state = CASE WHEN o.unended_starts + 1 >= $1 THEN 'failed'::operation_state
                      ELSE 'waiting' END,
         ended_at = CASE WHEN o.unended_starts + 1 >= $1 THEN now() END,
         owner = NULL, lease_expires_at = NULL, unended_starts = o.unended_starts + 1,
         messages = o.messages || $2::text
    FROM expired
   WHERE o.id = expired.id
  RETURNING o.id, o.state::text`,
);

export interface SweptOperation {
  id: number;
  state: 'waiting' | 'failed';
}

export function sweepOperations(db: Queryable): Promise<SweptOperation[]> {
  return db.run(SQL, [LOST_LEASES, LOST_OPERATION]);
}
