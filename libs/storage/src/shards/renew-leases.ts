/**
 * Renews the leases of one process in one statement. A shard that does not come back is no longer this
 * worker's: its lease was taken over, its campaign was cancelled, or its result was counted.
 * Raw, because many leases are renewed in one statement, by the database's clock.
 */
import type { Queryable } from '../database/database.js';
import { int4, int8, statement } from '../database/statement.js';

export interface Lease {
  shard: number;
  epoch: number;
}

const SQL = statement(
  { shard: int8, epoch: int4 },
  `
  UPDATE shard s
     SET lease_expires_at = now() + $4 * interval '1 millisecond'
    FROM unnest($2::int8[], $3::int4[]) AS held (shard, epoch)
   WHERE s.id = held.shard AND s.epoch = held.epoch AND s.owner = $1 AND s.state = 'leased'
  RETURNING s.id AS shard, s.epoch`,
);

/** Those that are still held. */
export function renewLeases(
  db: Queryable,
  worker: string,
  leases: readonly Lease[],
  leaseMs: number,
): Promise<Lease[]> {
  const shards = leases.map((lease) => lease.shard);
  const epochs = leases.map((lease) => lease.epoch);
  return db.run(SQL, [worker, shards, epochs, leaseMs]);
}
