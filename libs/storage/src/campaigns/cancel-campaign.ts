/**
 * Cancels a running campaign: no further shard is carved, announced, claimed or renewed, and a result
 * that is still under way is dropped. Counted results stay. Workers notice at their next renewal.
 * Raw, because the time is the database's, and an update with Prisma would write this process's.
 */
import type { Database } from '../database/database.js';
import { int8, statement } from '../database/statement.js';
import { returnSeeds } from './return-seeds.js';

const CANCEL = statement(
  { id: int8 },
  `
  UPDATE campaign SET state = 'cancelled', finished_at = now()
   WHERE id = $1 AND state = 'running'
  RETURNING id`,
);

/** Also for a campaign that an incident stops. */
export const CANCEL_SHARDS = statement(
  {},
  `
  WITH cancelled AS (
    UPDATE shard SET state = 'cancelled', owner = NULL, lease_expires_at = NULL, queued_at = NULL
     WHERE campaign_id = $1 AND state IN ('pending', 'queued', 'leased')
    RETURNING id
  )
  UPDATE shard_attempt a SET outcome = 'released', ended_at = now()
    FROM cancelled
   WHERE a.shard_id = cancelled.id AND a.outcome = 'running'`,
);

/** False if there is no such campaign or it has ended already. */
export function cancelCampaign(db: Database, campaign: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await tx.run(CANCEL, [campaign]);
    if (rows.length === 0) return false;
    await tx.run(CANCEL_SHARDS, [campaign]);
    await returnSeeds(tx, campaign);
    return true;
  });
}
