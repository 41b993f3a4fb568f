/**
 * Cancels a running campaign: no further shard is carved, announced, claimed or renewed, and a result
 * that is still under way is dropped. Counted results stay. Workers notice at their next renewal.
 */
import type { Database } from '../database/database.js';

const CANCEL = `
  UPDATE campaign SET state = 'cancelled', finished_at = now()
   WHERE id = $1 AND state = 'running'
  RETURNING id`;

const CANCEL_SHARDS = `
  UPDATE shard SET state = 'cancelled', owner = NULL, lease_expires_at = NULL, queued_at = NULL
   WHERE campaign_id = $1 AND state IN ('pending', 'queued', 'leased')`;

/** False if there is no such campaign or it has ended already. */
export function cancelCampaign(db: Database, campaign: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await tx.query(CANCEL, [campaign]);
    if (rows.length === 0) return false;
    await tx.query(CANCEL_SHARDS, [campaign]);
    return true;
  });
}
