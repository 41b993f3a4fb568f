/**
 * Takes due messages for sending, a few per endpoint, so that one that hangs delays no other. Taking counts the attempt and moves
 * the due time past the longest a request may last: a sender that ends in between loses nothing, the message is due again.
 * One that was taken as often as allowed and never heard of again has failed.
 * Raw, because Prisma does not skip locked rows, and due times are judged by the database's clock.
 */
import { ANNOUNCEMENT_KINDS } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import {
  int4,
  int8,
  oneOf,
  orNull,
  statement,
  text,
  timestamp,
  uuid,
} from '../database/statement.js';
import { NOTIFY_AT_ONCE, NOTIFY_ATTEMPTS, NOTIFY_LEASE_MS } from '../limits.js';

const UNHEARD = 'the process that sent it ended before it heard an answer';

const SQL = statement(
  {
    id: uuid,
    attempt: int4,
    endpoint: int8,
    name: text,
    format: oneOf('webhook', 'slack'),
    url: text,
    secret: orNull(text),
    kind: orNull(oneOf(...ANNOUNCEMENT_KINDS)),
    subject: orNull(text),
    bug: orNull(int8),
    campaign: orNull(int8),
    incident: orNull(int8),
    detail: orNull(text),
    announcedAt: timestamp,
  },
  `
  WITH due AS (
    SELECT n.id
      FROM endpoint e
     CROSS JOIN LATERAL (
       SELECT id FROM notification
        WHERE endpoint_id = e.id AND state = 'waiting' AND due_at <= now()
        ORDER BY due_at LIMIT $2
          FOR UPDATE SKIP LOCKED
     ) n
     WHERE e.id <> ALL ($1::int8[])
  ), taken AS (
    UPDATE notification n
       SET attempts = n.attempts + (n.attempts < $3)::int4,
           state = CASE WHEN n.attempts < $3 THEN n.state ELSE 'failed' END,
           message = CASE WHEN n.attempts < $3 THEN n.message ELSE $5 END,
           ended_at = CASE WHEN n.attempts < $3 THEN NULL ELSE now() END,
           due_at = now() + $4 * interval '1 millisecond'
      FROM due
     WHERE n.id = due.id
    RETURNING n.*
  )
  SELECT t.id, t.attempts AS attempt, e.id AS endpoint, e.name, e.format::text, e.url, e.secret,
         a.kind::text, a.subject, a.bug_id AS bug, a.campaign_id AS campaign,
         a.incident_id AS incident, a.detail, t.created_at AS "announcedAt"
    FROM taken t
    JOIN endpoint e ON e.id = t.endpoint_id
    LEFT JOIN announcement a ON a.id = t.announcement_id
   WHERE t.state = 'waiting'
   ORDER BY t.created_at, t.id`,
);

export interface TakenNotification {
  id: string;
  attempt: number;
  endpoint: number;
  name: string;
  format: 'webhook' | 'slack';
  url: string;
  secret: string | null;
  /** Null for a test message. */
  kind: (typeof ANNOUNCEMENT_KINDS)[number] | null;
  subject: string | null;
  bug: number | null;
  campaign: number | null;
  incident: number | null;
  detail: string | null;
  announcedAt: Date;
}

/** `busy` are endpoints whose last messages the caller still has in hand. */
export function takeNotifications(
  db: Queryable,
  busy: readonly number[],
): Promise<TakenNotification[]> {
  return db.run(SQL, [busy, NOTIFY_AT_ONCE, NOTIFY_ATTEMPTS, NOTIFY_LEASE_MS, UNHEARD]);
}
