/**
 * The kept failure that a shrink starts from: of its bug, on its program, the shortest schedule. One is kept in the transaction
 * that asks for the shrink, so there is none only for bugs that no schedule shows alone.
 * Raw, because Prisma does not order by the length of a text.
 */
import type { Queryable } from '../database/database.js';
import { statement, text } from '../database/statement.js';

const SQL = statement(
  { schedule: text },
  `
  SELECT f.schedule
    FROM outbox o
    JOIN failure f ON f.bug_id = o.bug_id AND f.program_id = o.program_id
   WHERE o.id = $1
   ORDER BY length(f.schedule), f.seed, f.group_id
   LIMIT 1`,
);

export async function findShrinkStart(db: Queryable, outbox: number): Promise<string | null> {
  const [row] = await db.run(SQL, [outbox]);
  return row?.schedule ?? null;
}
