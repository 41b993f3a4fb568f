/**
 * Where messages go. At most so many, judged in the transaction that adds one. Removing an endpoint removes its messages, also
 * those under way: nobody is left to take them.
 * Raw, because the limit is judged under a lock, and the counts are over partial indexes.
 */
import type { AnnouncementKind } from '@lastref/contracts';
import { MAX_ENDPOINTS } from '@lastref/contracts';
import type { Database, Queryable } from '../database/database.js';
import { int8, oneOf, orNull, statement, text, texts, timestamp } from '../database/statement.js';

export interface NewEndpointRow {
  name: string;
  format: 'webhook' | 'slack';
  url: string;
  secret: string | null;
  kinds: readonly AnnouncementKind[];
}

export interface StoredEndpoint {
  id: number;
  name: string;
  format: 'webhook' | 'slack';
  url: string;
  kinds: string[];
  waiting: number;
  failed: number;
  lastDeliveredAt: Date | null;
  createdAt: Date;
}

const LOCK = statement({}, `LOCK TABLE endpoint IN SHARE ROW EXCLUSIVE MODE`);

const COUNT = statement({ count: int8 }, `SELECT count(*) AS count FROM endpoint`);

const INSERT = statement(
  { id: int8 },
  `
  INSERT INTO endpoint (name, format, url, secret, kinds)
  VALUES ($1, $2::text::endpoint_format, $3, $4, $5::text[]::announcement_kind[])
  ON CONFLICT (name) DO NOTHING
  RETURNING id`,
);

const SELECT = `
  SELECT e.id, e.name, e.format::text, e.url, e.kinds::text[], e.created_at AS "createdAt",
         (SELECT count(*) FROM notification WHERE endpoint_id = e.id AND state = 'waiting') AS waiting,
         (SELECT count(*) FROM notification WHERE endpoint_id = e.id AND state = 'failed') AS failed,
         (SELECT max(ended_at) FROM notification
           WHERE endpoint_id = e.id AND state = 'delivered') AS "lastDeliveredAt"
    FROM endpoint e`;

const COLUMNS = {
  id: int8,
  name: text,
  format: oneOf('webhook', 'slack'),
  url: text,
  kinds: texts,
  createdAt: timestamp,
  waiting: int8,
  failed: int8,
  lastDeliveredAt: orNull(timestamp),
};

const LIST = statement(COLUMNS, `${SELECT} WHERE e.id > $2 ORDER BY e.id LIMIT $1`);

const FIND = statement(COLUMNS, `${SELECT} WHERE e.id = $1`);

const REMOVE = statement({ id: int8 }, `DELETE FROM endpoint WHERE id = $1 RETURNING id`);

/** The new id, or why there is none. */
export function addEndpoint(
  db: Database,
  { name, format, url, secret, kinds }: NewEndpointRow,
): Promise<number | 'taken' | 'too-many'> {
  return db.transaction(async (tx) => {
    await tx.run(LOCK);
    const [standing] = await tx.run(COUNT);
    if ((standing?.count ?? 0) >= MAX_ENDPOINTS) return 'too-many';
    const [row] = await tx.run(INSERT, [name, format, url, secret, kinds]);
    return row?.id ?? 'taken';
  });
}

export function listEndpoints(
  db: Queryable,
  { limit, after }: { limit: number; after?: number | undefined },
): Promise<StoredEndpoint[]> {
  return db.run(LIST, [limit, after ?? 0]);
}

export async function findEndpoint(db: Queryable, id: number): Promise<StoredEndpoint | null> {
  const [row] = await db.run(FIND, [id]);
  return row ?? null;
}

/** False if there is none. */
export async function removeEndpoint(db: Queryable, id: number): Promise<boolean> {
  const rows = await db.run(REMOVE, [id]);
  return rows.length > 0;
}
