/**
 * Kept failures of one bug, lowest seeds first. The keyset is (seed, group): a seed may fail the same
 * way in two programs or under two strategies.
 */
import type { Queryable } from '../database/database.js';

export interface StoredFailure {
  group: number;
  seed: number;
  bug: number;
  program: string;
  address: string;
  strategy: string;
  signature: string;
  schedule: string;
  traceDigest: string;
}

export interface FailurePage {
  limit: number;
  after?: { seed: number; group: number } | undefined;
}

const SQL = `
  SELECT f.group_id AS "group", f.seed, f.bug_id AS bug, g.digest AS program, g.address, k.strategy,
         s.text AS signature, f.schedule, f.trace_digest AS "traceDigest"
    FROM failure f
    JOIN failure_group k ON k.id = f.group_id
    JOIN program g ON g.id = f.program_id
    JOIN signature s ON s.id = k.signature_id
   WHERE f.bug_id = $1 AND ($2::int8 IS NULL OR (f.seed, f.group_id) > ($2::int8, $3::int8))
   ORDER BY f.seed, f.group_id
   LIMIT $4`;

export function listFailures(
  db: Queryable,
  bug: number,
  page: FailurePage,
): Promise<StoredFailure[]> {
  const values = [bug, page.after?.seed ?? null, page.after?.group ?? null, page.limit];
  return db.query<StoredFailure & Record<string, unknown>>(SQL, values);
}
