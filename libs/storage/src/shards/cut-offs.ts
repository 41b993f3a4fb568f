/**
 * The seed below which a failure is kept, for each signature of a program and strategy whose group is
 * full. A worker need not replay or send a failure that would be thrown away; the completion checks again.
 */
import type { Queryable } from '../database/database.js';

const SQL = `
  SELECT s.text AS signature, k.cut_off AS "cutOff"
    FROM failure_group k
    JOIN signature s ON s.id = k.signature_id
   WHERE k.program_id = $1 AND k.strategy = $2 AND k.cut_off IS NOT NULL`;

export async function readCutOffs(
  db: Queryable,
  programId: number,
  strategy: string,
): Promise<Map<string, number>> {
  const rows = await db.query<{ signature: string; cutOff: number }>(SQL, [programId, strategy]);
  return new Map(rows.map((row) => [row.signature, row.cutOff]));
}
