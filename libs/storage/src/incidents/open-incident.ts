/**
 * Opens an incident: what no retry mends and a person must look at. One per kind and subject, however often it is met. Where the
 * counted results of a campaign can no longer be trusted the campaign stops in the same transaction. It is announced.
 * Raw, because it belongs to the raw transactions that meet an incident.
 */
import { STOPPING_KINDS, stopCampaign } from './stop-campaign.js';
import type { IncidentKind } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';
import { announce } from '../notifications/announce.js';

const SQL = statement(
  { id: int8 },
  `
  INSERT INTO incident (kind, subject, campaign_id, shard_id, epoch, worker_id, counted, differing, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (kind, subject) DO NOTHING
  RETURNING id`,
);

export interface NewIncident {
  kind: IncidentKind;
  /** What it is about, in words that name it: opened once. */
  subject: string;
  /** What a person needs to judge it. */
  detail: string;
  campaign?: number | undefined;
  /** Of a shard whose results differ. */
  results?: DifferingResults | undefined;
}

export interface DifferingResults {
  shard: number;
  epoch: number;
  worker: string;
  counted: string;
  differing: string;
}

/** Its number, or null if it was opened before. */
export async function openIncident(tx: Queryable, incident: NewIncident): Promise<number | null> {
  const { kind, subject, detail, campaign, results } = incident;
  const [row] = await tx.run(SQL, [
    kind,
    subject,
    campaign ?? null,
    results?.shard ?? null,
    results?.epoch ?? null,
    results?.worker ?? null,
    results?.counted ?? null,
    results?.differing ?? null,
    detail,
  ]);
  if (row === undefined) return null;
  await announce(tx, {
    kind: 'incident',
    subject: `incident ${row.id}`,
    incident: row.id,
    campaign,
    detail: `${subject}. ${detail}`,
  });
  if (campaign !== undefined && STOPPING_KINDS.has(kind)) {
    await stopCampaign(tx, campaign, `incident ${row.id}: ${subject}`);
  }
  return row.id;
}
