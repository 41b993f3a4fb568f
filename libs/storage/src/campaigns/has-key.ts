/** Whether a creating request with this key was answered before: it is repeated whatever the limits say now. */
import type { Queryable } from '../database/database.js';

const SQL = `SELECT true AS found FROM idempotency_key WHERE scope = $1 AND key = $2`;

export async function hasKey(db: Queryable, scope: string, key: string): Promise<boolean> {
  const rows = await db.query(SQL, [scope, key]);
  return rows.length > 0;
}
