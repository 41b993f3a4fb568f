/**
 * The trail of calls that may change something. An entry is written before its call is carried out and given its outcome once;
 * the table refuses every other change. Its entries also count how much an origin did in the last day: by all control planes
 * together, and whatever is restarted.
 * Raw, because times are the database's, and the outcome is written only where there is none.
 */
import type { Queryable } from '../database/database.js';
import { int4, int8, orNull, statement, text, timestamp } from '../database/statement.js';

export interface NewAuditEntry {
  actor: string;
  /** What limits are counted by. */
  origin: string;
  address: string;
  action: string;
  subject: string;
  request: string;
}

export interface StoredAuditEntry extends Omit<NewAuditEntry, 'origin'> {
  id: number;
  at: Date;
  status: number | null;
  result: string | null;
}

const BEGIN = statement(
  { id: int8 },
  `
  INSERT INTO audit_entry (actor, origin, address, action, subject, request)
  VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING id`,
);

const END = statement(
  {},
  `UPDATE audit_entry SET status = $2, result = $3 WHERE id = $1 AND status IS NULL`,
);

const LIST = statement(
  {
    id: int8,
    at: timestamp,
    actor: text,
    address: text,
    action: text,
    subject: text,
    request: text,
    status: orNull(int4),
    result: orNull(text),
  },
  `
  SELECT id, at, actor, address, action, subject, request, status, result
    FROM audit_entry
   WHERE $2::int8 IS NULL OR id < $2
   ORDER BY id DESC
   LIMIT $1`,
);

const DONE_TODAY = statement(
  { count: int8 },
  `
  SELECT count(*) AS count
    FROM (SELECT 1 FROM audit_entry
           WHERE origin = $1 AND action = $2 AND at > now() - interval '1 day'
             AND status = 201
           LIMIT $3) AS done`,
);

export async function beginAudit(db: Queryable, entry: NewAuditEntry): Promise<number> {
  const { actor, origin, address, action, subject, request } = entry;
  const [row] = await db.run(BEGIN, [actor, origin, address, action, subject, request]);
  return row?.id ?? 0;
}

export async function endAudit(
  db: Queryable,
  id: number,
  outcome: { status: number; result: string | null },
): Promise<void> {
  await db.run(END, [id, outcome.status, outcome.result]);
}

/** Newest first. */
export function listAudit(
  db: Queryable,
  { limit, after }: { limit: number; after?: number | undefined },
): Promise<StoredAuditEntry[]> {
  return db.run(LIST, [limit, after ?? null]);
}

/** How often this origin made something by this action in the last day, counted up to `most`. */
export async function madeToday(
  db: Queryable,
  { origin, action, most }: { origin: string; action: string; most: number },
): Promise<number> {
  const [row] = await db.run(DONE_TODAY, [origin, action, most]);
  return row?.count ?? 0;
}
