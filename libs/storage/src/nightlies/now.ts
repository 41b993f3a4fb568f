/** The present, by the clock that all stored times come from. Raw, because Prisma has no word for it. */
import assert from 'node:assert';
import type { Queryable } from '../database/database.js';
import { statement, timestamp } from '../database/statement.js';

const SQL = statement(
  { now: timestamp },
  `SELECT date_trunc('milliseconds', statement_timestamp()) AS now`,
);

export async function databaseNow(tx: Queryable): Promise<Date> {
  const [row] = await tx.run(SQL);
  assert(row !== undefined, 'a select without a table has a row');
  return row.now;
}
