/** Whether a shrink is still wanted: a job may be an old one, delivered twice. */
import type { Queryable } from '../database/database.js';

const SQL = `SELECT id FROM outbox WHERE id = $1 AND state IN ('waiting', 'sent')`;

export async function isShrinkOpen(db: Queryable, outbox: number): Promise<boolean> {
  return (await db.query(SQL, [outbox])).length === 1;
}
