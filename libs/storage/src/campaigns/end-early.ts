/**
 * Ends a running campaign at a boundary of shards: what waits is dropped, no further round begins and nothing more is carved; what
 * is leased is counted, and then the campaign is closed as cancelled, with the ledger of what it counted. For a night
 * that the next one replaces. Takes the feeder's lock, so that nothing is carved meanwhile.
 * Raw, because columns are set to the values of others and times are the database's.
 */
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';
import { FEED_LOCK, waitForLock } from '../shards/advisory-locks.js';
import { returnSeeds } from './return-seeds.js';

const MARK = statement(
  { id: int8 },
  `
  UPDATE campaign SET ends_early = true
   WHERE id = $1 AND state = 'running' AND NOT ends_early
  RETURNING id`,
);

const DROP_WAITING = statement(
  {},
  `
  WITH dropped AS (
    UPDATE shard SET state = 'cancelled', queued_at = NULL
     WHERE campaign_id = $1 AND state IN ('pending', 'queued')
    RETURNING part_id
  )
  UPDATE campaign_part p
     SET shards_carved = p.shards_carved - gone.shards
    FROM (SELECT part_id, count(*)::int4 AS shards FROM dropped GROUP BY part_id) AS gone
   WHERE p.id = gone.part_id`,
);

const CUT_SHORT = statement(
  {},
  `UPDATE campaign_part SET seed_end = seed_next WHERE campaign_id = $1 AND seed_next < seed_end`,
);

const STOP_ROUNDS = statement(
  {},
  `UPDATE campaign_program SET stopped = $2 WHERE campaign_id = $1 AND stopped IS NULL`,
);

/** False if it has ended, or was told to, before. */
export async function endEarly(tx: Queryable, campaign: number, reason: string): Promise<boolean> {
  await waitForLock(tx, FEED_LOCK);
  const rows = await tx.run(MARK, [campaign]);
  if (rows.length === 0) return false;
  await tx.run(DROP_WAITING, [campaign]);
  await returnSeeds(tx, campaign);
  await tx.run(CUT_SHORT, [campaign]);
  await tx.run(STOP_ROUNDS, [campaign, reason]);
  return true;
}
