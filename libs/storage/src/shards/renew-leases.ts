/**
 * Renews the leases of one process in one statement. A shard that does not come back is no longer this
 * worker's: its lease was taken over, its campaign was cancelled, or its result was counted.
 * Raw, because many leases are renewed in one statement, by the database's clock.
 */
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';

export interface Lease {
  shard: number;
  epoch: number;
}

const SQL = statement(
  { id: int8 },
  `
  UPDATE shard s
     SET lease_expires_at = now() + $4 * interval '1 millisecond'
    FROM unnest($2::int8[], $3::int4[]) AS held (shard, epoch)
   WHERE s.id = held.shard AND s.epoch = held.epoch AND s.owner = $1 AND s.state = 'leased'
  RETURNING s.id`,
);

/** The shards that are still held. */
export async function renewLeases(
  db: Queryable,
  worker: string,
  leases: readonly Lease[],
  leaseMs: number,
): Promise<Set<number>> {
  const shards = leases.map((lease) => lease.shard);
  const epochs = leases.map((lease) => lease.epoch);
  const rows = await db.run(SQL, [worker, shards, epochs, leaseMs]);
  return new Set(rows.map((row) => row.id));
}
