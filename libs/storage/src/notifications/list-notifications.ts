/**
 * Messages and what became of them, newest first.
 * Raw, because Prisma compares no pairs, which the order by time and id needs.
 */
import type { AnnouncementKind } from '@lastref/contracts';
import { ANNOUNCEMENT_KINDS } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { int4, oneOf, orNull, statement, text, timestamp, uuid } from '../database/statement.js';

export interface StoredNotification {
  id: string;
  endpoint: string;
  kind: AnnouncementKind | null;
  subject: string | null;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  message: string | null;
  createdAt: Date;
  dueAt: Date;
  endedAt: Date | null;
}

export interface NotificationPage {
  limit: number;
  /** The id of the last row of the page before. */
  after?: string | undefined;
  state?: StoredNotification['state'] | undefined;
}

const COLUMNS = {
  id: uuid,
  endpoint: text,
  kind: orNull(oneOf(...ANNOUNCEMENT_KINDS)),
  subject: orNull(text),
  state: oneOf('waiting', 'delivered', 'failed'),
  attempts: int4,
  message: orNull(text),
  createdAt: timestamp,
  dueAt: timestamp,
  endedAt: orNull(timestamp),
};

const SELECT = `
  SELECT n.id, e.name AS endpoint, a.kind::text, a.subject, n.state::text, n.attempts, n.message,
         n.created_at AS "createdAt", n.due_at AS "dueAt", n.ended_at AS "endedAt"
    FROM notification n
    JOIN endpoint e ON e.id = n.endpoint_id
    LEFT JOIN announcement a ON a.id = n.announcement_id`;

const LIST = statement(
  COLUMNS,
  `${SELECT}
   WHERE ($2::uuid IS NULL
          OR (n.created_at, n.id) < (SELECT created_at, id FROM notification WHERE id = $2))
     AND ($3::text IS NULL OR n.state = $3::notification_state)
   ORDER BY n.created_at DESC, n.id DESC
   LIMIT $1`,
);

const FIND = statement(COLUMNS, `${SELECT} WHERE n.id = $1`);

export function listNotifications(
  db: Queryable,
  { limit, after, state }: NotificationPage,
): Promise<StoredNotification[]> {
  return db.run(LIST, [limit, after ?? null, state ?? null]);
}

export async function findNotification(
  db: Queryable,
  id: string,
): Promise<StoredNotification | null> {
  const [row] = await db.run(FIND, [id]);
  return row ?? null;
}
