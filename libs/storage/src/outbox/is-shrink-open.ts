/**
 * Whether a shrink is still wanted: a job may be an old one, delivered twice.
 * Raw.
 */
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';

const SQL = statement(
  { id: int8 },
  `SELECT id FROM outbox WHERE id = $1 AND state IN ('waiting', 'sent')`,
);

export async function isShrinkOpen(db: Queryable, outbox: number): Promise<boolean> {
  return (await db.run(SQL, [outbox])).length === 1;
}
