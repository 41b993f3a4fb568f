/**
 * Takes waiting rows of the outbox for sending. A row is written with the bug it belongs to and ends with the
 * work itself; a job that is lost is sent again under the next delivery number, so no job needs to remember anything.
 * Raw, because Prisma does not skip locked rows.
 */
import type { ShrinkJob } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { char, int4, int8, statement, text } from '../database/statement.js';

const SQL = statement(
  { outbox: int8, delivery: int4, bug: int8, program: char, address: text, signature: text },
  `
  WITH chosen AS (
    SELECT id FROM outbox WHERE state = 'waiting' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
  ), sent AS (
    UPDATE outbox o SET state = 'sent', deliveries = o.deliveries + 1, sent_at = now()
      FROM chosen
     WHERE o.id = chosen.id
    RETURNING o.*
  )
  SELECT o.id AS outbox, o.deliveries AS delivery, o.bug_id AS bug, g.digest AS program, g.address,
         s.text AS signature
    FROM sent o
    JOIN program g ON g.id = o.program_id
    JOIN bug b ON b.id = o.bug_id
    JOIN signature s ON s.id = b.signature_id
   ORDER BY o.id`,
);

/** Marks up to `limit` waiting rows as sent and returns their jobs. */
export function takeShrinks(db: Queryable, limit: number): Promise<ShrinkJob[]> {
  return db.run(SQL, [limit]);
}
