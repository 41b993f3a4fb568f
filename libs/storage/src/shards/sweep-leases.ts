/**
 * Gives shards whose lease has expired back to `pending`, counting the lost lease; one that has lost too many, the last
 * of them alone in its process, is quarantined. Rows that somebody is
 * just completing are skipped: the next sweep sees how that ended. One control plane at a time.
 * Raw, because Prisma does not skip locked rows.
 */
import type { Database } from '../database/database.js';
import { SWEEP_LOCK, tryLock } from './advisory-locks.js';
import { int8, oneOf, statement } from '../database/statement.js';
import { LOST_LEASES, LOST_MESSAGE } from '../limits.js';

const SQL = statement(
  { id: int8, state: oneOf('pending', 'quarantined') },
  `
  WITH expired AS (
    SELECT id FROM shard
     WHERE state = 'leased' AND lease_expires_at < now()
     ORDER BY id
       FOR NO KEY UPDATE SKIP LOCKED
  ), swept AS (
    UPDATE shard s
       SET state = CASE WHEN s.lost_leases + 1 >= $1 THEN 'quarantined'::shard_state ELSE 'pending' END,
           owner = NULL, lease_expires_at = NULL, lost_leases = s.lost_leases + 1
      FROM expired
     WHERE s.id = expired.id
    RETURNING s.id, s.epoch, s.part_id, s.state
  ), attempts AS (
    UPDATE shard_attempt a SET outcome = 'lost', ended_at = now(), message = $2
      FROM swept
     WHERE a.shard_id = swept.id AND a.epoch = swept.epoch
  ), parts AS (
    UPDATE campaign_part p SET shards_quarantined = p.shards_quarantined + given_up.shards
      FROM (SELECT part_id, count(*)::int4 AS shards
              FROM swept WHERE state = 'quarantined' GROUP BY part_id) AS given_up
     WHERE p.id = given_up.part_id
  )
  SELECT id, state::text FROM swept ORDER BY id`,
);

export interface SweptShard {
  id: number;
  state: 'pending' | 'quarantined';
}

/** What became of the shards; none if another control plane sweeps just now. */
export function sweepLeases(db: Database): Promise<SweptShard[]> {
  return db.transaction(async (tx) => {
    if (!(await tryLock(tx, SWEEP_LOCK))) return [];
    return tx.run(SQL, [LOST_LEASES, LOST_MESSAGE]);
  });
}
