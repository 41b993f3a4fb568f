/** Reproductions by id, as lists (newest first), and the cheapest of each of some bugs. */
import type { Queryable } from '../database/database.js';
import type { After } from '../page.js';
import {
  REPRODUCTION_COLUMNS,
  REPRODUCTION_TABLES,
  type StoredReproduction,
} from './reproduction-rows.js';

type Row = StoredReproduction & Record<string, unknown>;

const FIND = `SELECT ${REPRODUCTION_COLUMNS} FROM ${REPRODUCTION_TABLES} WHERE r.id = $1`;

const LIST = `
  SELECT ${REPRODUCTION_COLUMNS} FROM ${REPRODUCTION_TABLES}
   WHERE ($1::int8 IS NULL OR r.id < $1) AND ($2::int8 IS NULL OR r.bug_id = $2)
   ORDER BY r.id DESC LIMIT $3`;

const BEST = `
  SELECT DISTINCT ON (r.bug_id) ${REPRODUCTION_COLUMNS} FROM ${REPRODUCTION_TABLES}
   WHERE r.bug_id = ANY($1::int8[])
   ORDER BY r.bug_id, r.events, r.preemptions, r.switches, r.steps, r.id`;

export async function findReproduction(
  db: Queryable,
  id: number,
): Promise<StoredReproduction | null> {
  const [row] = await db.query<Row>(FIND, [id]);
  return row ?? null;
}

export function listReproductions(
  db: Queryable,
  page: After,
  bug?: number,
): Promise<StoredReproduction[]> {
  return db.query<Row>(LIST, [page.after ?? null, bug ?? null, page.limit]);
}

/** The cheapest reproduction of each bug that has one. */
export async function bestReproductions(
  db: Queryable,
  bugs: readonly number[],
): Promise<Map<number, StoredReproduction>> {
  const rows = await db.query<Row>(BEST, [bugs]);
  return new Map(rows.map((row) => [row.bug, row]));
}
