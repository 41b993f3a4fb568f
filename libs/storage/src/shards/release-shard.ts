/**
 * Gives a lease back unfinished, when a worker stops in order: counted neither as failed nor as lost.
 * Raw, because a lease ends in one statement over two tables, at the database's time.
 */
import type { Queryable } from '../database/database.js';
import type { Lease } from './renew-leases.js';
import { statement } from '../database/statement.js';

const SQL = statement(
  {},
  `
  WITH released AS (
    UPDATE shard s SET state = 'pending', owner = NULL, lease_expires_at = NULL
     WHERE s.id = $1 AND s.epoch = $2 AND s.owner = $3 AND s.state = 'leased'
    RETURNING s.id, s.epoch
  )
  UPDATE shard_attempt a SET outcome = 'released', ended_at = now()
    FROM released
   WHERE a.shard_id = released.id AND a.epoch = released.epoch`,
);

export async function releaseShard(
  db: Queryable,
  worker: string,
  { shard, epoch }: Lease,
): Promise<void> {
  await db.run(SQL, [shard, epoch, worker]);
}
