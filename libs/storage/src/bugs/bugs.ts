/** Bugs with their cheapest reproduction, newest first. Counts are counters kept by completions. */
import type { Queryable } from '../database/database.js';
import type { After } from '../page.js';
import type { StoredReproduction } from './reproduction-rows.js';
import { bestReproductions } from './reproductions.js';

export interface StoredBug {
  id: number;
  scenario: string;
  variant: string;
  signature: string;
  kind: string;
  report: boolean;
  count: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  reproduction: StoredReproduction | null;
}

export interface BugFilter {
  scenario?: string | undefined;
  variant?: string | undefined;
}

const SELECT = `
  SELECT b.id, b.scenario, b.variant, s.text AS signature, s.kind, s.report, b.count,
         b.first_seen_at AS "firstSeenAt", b.last_seen_at AS "lastSeenAt"
    FROM bug b
    JOIN signature s ON s.id = b.signature_id`;

const FIND = `${SELECT} WHERE b.id = $1`;

const LIST = `
  ${SELECT}
   WHERE ($1::int8 IS NULL OR b.id < $1)
     AND ($2::text IS NULL OR b.scenario = $2) AND ($3::text IS NULL OR b.variant = $3)
   ORDER BY b.id DESC LIMIT $4`;

type BugRow = Omit<StoredBug, 'reproduction'>;

async function withReproductions(db: Queryable, rows: BugRow[]): Promise<StoredBug[]> {
  const best = await bestReproductions(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, reproduction: best.get(row.id) ?? null }));
}

export async function listBugs(
  db: Queryable,
  page: After,
  filter: BugFilter = {},
): Promise<StoredBug[]> {
  const values = [page.after ?? null, filter.scenario ?? null, filter.variant ?? null, page.limit];
  return withReproductions(db, await db.query<BugRow & Record<string, unknown>>(LIST, values));
}

export async function findBug(db: Queryable, id: number): Promise<StoredBug | null> {
  const rows = await db.query<BugRow & Record<string, unknown>>(FIND, [id]);
  const [bug] = await withReproductions(db, rows);
  return bug ?? null;
}
