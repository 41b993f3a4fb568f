/**
 * Announces what people want to hear of, in the transaction of what it tells of: if that is undone, nothing is said; if it
 * stands, every endpoint that wants this kind has its row. One announcement per (kind, subject) for ever: the same event, told
 * again by another process or a repeated transaction, adds nothing. Endpoints added later hear nothing of the past.
 * Raw, because it belongs to raw transactions as well, and both inserts are one statement.
 */
import type { AnnouncementKind } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';
import { MESSAGE_LENGTH } from '../limits.js';

export interface Announcement {
  kind: AnnouncementKind;
  /** Tells events of one kind apart: `bug 12`, `nightly 3, 2026-11-28T01:00:00Z`. */
  subject: string;
  /** What to look up when the message is written. */
  bug?: number | undefined;
  campaign?: number | undefined;
  incident?: number | undefined;
  /** What happened, in sentences a reader understands without knowing the service; a bug is described by itself. */
  detail?: string | undefined;
}

const SQL = statement(
  { id: int8 },
  `
  WITH announced AS (
    INSERT INTO announcement (kind, subject, bug_id, campaign_id, incident_id, detail)
    VALUES ($1::text::announcement_kind, $2, $3, $4, $5, $6)
    ON CONFLICT (kind, subject) DO NOTHING
    RETURNING id, kind
  ), messages AS (
    INSERT INTO notification (announcement_id, endpoint_id)
    SELECT a.id, e.id FROM announced a JOIN endpoint e ON a.kind = ANY (e.kinds)
  )
  SELECT id FROM announced`,
);

/** False if it was announced before. */
export async function announce(tx: Queryable, announcement: Announcement): Promise<boolean> {
  const { kind, subject, bug, campaign, incident, detail } = announcement;
  const rows = await tx.run(SQL, [
    kind,
    subject,
    bug ?? null,
    campaign ?? null,
    incident ?? null,
    detail?.slice(0, MESSAGE_LENGTH) ?? null,
  ]);
  return rows.length > 0;
}
