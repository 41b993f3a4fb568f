/**
 * Ends campaigns whose every seed has been carved and whose every shard is done or quarantined, and of which no further
 * round is to come: each program has stopped, or lacks a shard that was quarantined. The
 * ledger digest comes from the caller (storage knows no engine); between the two steps nothing can change,
 * because a campaign that is ready has no open shard. Running it twice, or in two processes, changes nothing.
 */
import type { Queryable } from '../database/database.js';

const IS_READY = `
  NOT EXISTS (SELECT FROM campaign_part p
               WHERE p.campaign_id = c.id
                 AND (p.seed_next < p.seed_end
                      OR p.shards_done + p.shards_quarantined < p.shards_carved))
  AND NOT EXISTS (SELECT FROM campaign_program r
                   WHERE r.campaign_id = c.id AND r.stopped IS NULL
                     AND NOT EXISTS (SELECT FROM campaign_part p
                                      WHERE p.campaign_id = c.id AND p.program_id = r.program_id
                                        AND p.shards_quarantined > 0))`;

const LIST = `SELECT c.id FROM campaign c WHERE c.state = 'running' AND ${IS_READY} ORDER BY c.id`;

const CLOSE = `
  UPDATE campaign c
     SET state = CASE WHEN EXISTS (SELECT FROM campaign_part p
                                    WHERE p.campaign_id = c.id AND p.shards_quarantined > 0)
                      THEN 'incomplete'::campaign_state ELSE 'done' END,
         ledger_digest = $2, finished_at = now()
   WHERE c.id = $1 AND c.state = 'running' AND ${IS_READY}
  RETURNING c.state::text`;

export async function listCampaignsToClose(db: Queryable): Promise<number[]> {
  const rows = await db.query<{ id: number }>(LIST);
  return rows.map((row) => row.id);
}

/** The state it ended in, or null if somebody else closed or cancelled it meanwhile. */
export async function closeCampaign(
  db: Queryable,
  campaign: number,
  ledgerDigest: string,
): Promise<'done' | 'incomplete' | null> {
  const [row] = await db.query<{ state: 'done' | 'incomplete' }>(CLOSE, [campaign, ledgerDigest]);
  return row?.state ?? null;
}
