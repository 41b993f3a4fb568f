/**
 * Closes an open incident with the reason that a person gives, which is kept. Closing starts nothing: a campaign that it stopped
 * runs on when it is told to.
 * Raw, because the time is the database's.
 */
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';

const SQL = statement(
  { id: int8 },
  `
  UPDATE incident SET state = 'closed', closed_at = now(), close_reason = $2
   WHERE id = $1 AND state = 'open'
  RETURNING id`,
);

/** False if there is no such incident or it is closed already. */
export async function closeIncident(db: Queryable, id: number, reason: string): Promise<boolean> {
  const rows = await db.run(SQL, [id, reason]);
  return rows.length > 0;
}
