/**
 * Lets an incomplete campaign run on: its quarantined shards are tried afresh, and those that an incident left are taken up
 * again. What was counted stays, so the ledger at the end is that of the whole. While an incident of it is open it does not run.
 * Shards are locked before the campaign, in the order in which a late result of a quarantined one takes them.
 * Raw, because several tables change together, under row locks.
 */
import type { Database, Queryable } from '../database/database.js';
import { int4, int8, oneOf, orNull, statement } from '../database/statement.js';
import { CREATE_CAMPAIGN_LOCK, waitForLock } from '../shards/advisory-locks.js';
import { CAMPAIGN_STATES, type StoredCampaignState } from './campaigns.js';

export type RetryResult =
  | { kind: 'retried'; shards: number }
  | { kind: 'not-found' }
  | { kind: 'too-many' }
  | { kind: 'incident-open'; incident: number }
  | { kind: 'not-incomplete'; state: StoredCampaignState };

const LOCK_SHARDS = statement(
  { id: int8 },
  `
  SELECT id FROM shard WHERE campaign_id = $1 AND state IN ('quarantined', 'cancelled')
   ORDER BY id FOR NO KEY UPDATE`,
);

const LOCK = statement(
  { state: oneOf(...CAMPAIGN_STATES), running: int4, incident: orNull(int8) },
  `
  SELECT c.state::text, (SELECT count(*)::int4 FROM campaign WHERE state = 'running') AS running,
         (SELECT min(i.id) FROM incident i
           WHERE i.campaign_id = c.id AND i.state = 'open' AND i.kind IN ('digest', 'audit')) AS incident
    FROM campaign c WHERE c.id = $1 FOR NO KEY UPDATE OF c`,
);

const RESUME = statement(
  {},
  `
  UPDATE campaign SET state = 'running', reason = NULL, finished_at = NULL, ledger_digest = NULL,
         virtual_time = coalesce((SELECT min(virtual_time) FROM campaign WHERE state = 'running'), 0)
   WHERE id = $1`,
);

const RELEASE = statement(
  { shards: int4 },
  `
  WITH released AS (
    UPDATE shard SET state = 'pending', reported_failures = 0, lost_leases = 0
      FROM (SELECT id, state FROM shard WHERE id = ANY($1::int8[])) AS before
     WHERE shard.id = before.id
    RETURNING shard.part_id, before.state
  ), parts AS (
    UPDATE campaign_part p SET shards_quarantined = p.shards_quarantined - gone.shards
      FROM (SELECT part_id, count(*)::int4 AS shards
              FROM released WHERE state = 'quarantined' GROUP BY part_id) AS gone
     WHERE p.id = gone.part_id
  )
  SELECT count(*)::int4 AS shards FROM released`,
);

async function retry(tx: Queryable, campaign: number, mostRunning: number): Promise<RetryResult> {
  await waitForLock(tx, CREATE_CAMPAIGN_LOCK);
  const shards = await tx.run(LOCK_SHARDS, [campaign]);
  const [row] = await tx.run(LOCK, [campaign]);
  if (row === undefined) return { kind: 'not-found' };
  if (row.state !== 'incomplete') return { kind: 'not-incomplete', state: row.state };
  if (row.incident !== null) return { kind: 'incident-open', incident: row.incident };
  if (row.running >= mostRunning) return { kind: 'too-many' };
  await tx.run(RESUME, [campaign]);
  const [released] = await tx.run(RELEASE, [shards.map(({ id }) => id)]);
  return { kind: 'retried', shards: released?.shards ?? 0 };
}

export function retryCampaign(
  db: Database,
  campaign: number,
  mostRunning = Infinity,
): Promise<RetryResult> {
  return db.transaction((tx) => retry(tx, campaign, mostRunning));
}
