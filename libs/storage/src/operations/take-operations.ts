/**
 * Takes waiting operations for sending, those that a person asked for first. What runs in the background waits for a moment
 * without a running campaign, though not for ever. Only what a live worker can run is sent.
 * Raw, because Prisma does not skip locked rows.
 */
import type { OperationJob } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { bool, char, int4, int8, oneOf, statement, text } from '../database/statement.js';
import { BACKGROUND_WAIT_MS, LOST_BEFORE_ALONE } from '../limits.js';

const SQL = statement(
  {
    operation: int8,
    delivery: int4,
    kind: oneOf('prove', 'orders', 'shrink'),
    program: char,
    address: text,
    alone: bool,
    background: bool,
  },
  `
  WITH chosen AS (
    SELECT o.id
      FROM operation o
      JOIN program g ON g.id = o.program_id AND g.semantics = ANY($2::int4[])
     WHERE o.state = 'waiting'
       AND (NOT o.background
            OR NOT EXISTS (SELECT FROM campaign WHERE state = 'running')
            OR o.created_at < now() - $3 * interval '1 millisecond')
     ORDER BY o.background, o.id
     LIMIT $1
       FOR NO KEY UPDATE OF o SKIP LOCKED
  ), sent AS (
    UPDATE operation o SET state = 'sent', deliveries = o.deliveries + 1, sent_at = now()
      FROM chosen
     WHERE o.id = chosen.id
    RETURNING o.*
  )
  SELECT o.id AS operation, o.deliveries AS delivery, o.kind::text, g.digest AS program, g.address,
         o.unended_starts >= $4::int4 AS alone, o.background
    FROM sent o
    JOIN program g ON g.id = o.program_id
   ORDER BY o.background, o.id`,
);

/** Marks up to `limit` waiting operations as sent and returns their jobs. */
export function takeOperations(
  db: Queryable,
  limit: number,
  semantics: readonly number[],
): Promise<OperationJob[]> {
  return db.run(SQL, [limit, semantics, BACKGROUND_WAIT_MS, LOST_BEFORE_ALONE]);
}
