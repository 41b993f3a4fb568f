/**
 * Gives shards whose lease has expired back to `pending`, counting the lost lease. Rows that somebody is
 * just completing are skipped: the next sweep sees how that ended. One control plane at a time.
 * Raw, because Prisma does not skip locked rows.
 */
import type { Database } from '../database/database.js';
import { SWEEP_LOCK, tryLock } from './advisory-locks.js';
import { int8, statement } from '../database/statement.js';

const SQL = statement(
  { id: int8 },
  `
  WITH expired AS (
    SELECT id FROM shard
     WHERE state = 'leased' AND lease_expires_at < now()
     ORDER BY id
       FOR NO KEY UPDATE SKIP LOCKED
  ), swept AS (
    UPDATE shard s
       SET state = 'pending', owner = NULL, lease_expires_at = NULL, lost_leases = s.lost_leases + 1
      FROM expired
     WHERE s.id = expired.id
    RETURNING s.id, s.epoch
  ), attempts AS (
    UPDATE shard_attempt a SET outcome = 'lost', ended_at = now()
      FROM swept
     WHERE a.shard_id = swept.id AND a.epoch = swept.epoch
  )
  SELECT id FROM swept`,
);

/** The shards given back; none if another control plane sweeps just now. */
export function sweepLeases(db: Database): Promise<number[]> {
  return db.transaction(async (tx) => {
    if (!(await tryLock(tx, SWEEP_LOCK))) return [];
    const rows = await tx.run(SQL);
    return rows.map((row) => row.id);
  });
}
