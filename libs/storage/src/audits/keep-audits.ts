/**
 * What keeps audits going, as for shards: leases are renewed, expired ones given back (too often, and the audit ends without an
 * answer), and audits that were queued long ago found, so that those without a job are announced again.
 * Raw, for the reasons of renew-leases.ts, sweep-leases.ts and stale-deliveries.ts.
 */
import type { Queryable } from '../database/database.js';
import { int4, int8, statement } from '../database/statement.js';
import { LOST_LEASES, LOST_MESSAGE } from '../limits.js';
import type { Lease } from '../shards/renew-leases.js';
import type { Delivery } from '../shards/stale-deliveries.js';

const RENEW = statement(
  { shard: int8, epoch: int4 },
  `
  UPDATE shard_audit a SET lease_expires_at = now() + $4 * interval '1 millisecond'
    FROM unnest($2::int8[], $3::int4[]) AS held (shard, epoch)
   WHERE a.shard_id = held.shard AND a.epoch = held.epoch AND a.owner = $1 AND a.state = 'leased'
  RETURNING a.shard_id AS shard, a.epoch`,
);

const SWEEP = statement(
  { id: int8 },
  `
  UPDATE shard_audit
     SET state = CASE WHEN lost_leases + 1 >= $1 THEN 'failed' ELSE 'pending' END,
         ended_at = CASE WHEN lost_leases + 1 >= $1 THEN now() END,
         message = $2, owner = NULL, lease_expires_at = NULL, lost_leases = lost_leases + 1
   WHERE shard_id IN (SELECT shard_id FROM shard_audit
                       WHERE state = 'leased' AND lease_expires_at < now()
                         FOR UPDATE SKIP LOCKED)
  RETURNING shard_id AS id`,
);

const LIST = statement(
  { id: int8, delivery: int4 },
  `
  SELECT shard_id AS id, deliveries AS delivery FROM shard_audit
   WHERE state = 'queued' AND queued_at < now() - $1 * interval '1 millisecond'
   ORDER BY shard_id`,
);

const REQUEUE = statement(
  { id: int8 },
  `
  UPDATE shard_audit a SET state = 'pending', queued_at = NULL
    FROM unnest($1::int8[], $2::int4[]) AS lost (id, delivery)
   WHERE a.shard_id = lost.id AND a.deliveries = lost.delivery AND a.state = 'queued'
  RETURNING a.shard_id AS id`,
);

/** Those that are still held. */
export function renewAudits(
  db: Queryable,
  worker: string,
  leases: readonly Lease[],
  leaseMs: number,
): Promise<Lease[]> {
  const shards = leases.map((lease) => lease.shard);
  const epochs = leases.map((lease) => lease.epoch);
  return db.run(RENEW, [worker, shards, epochs, leaseMs]);
}

export async function sweepAudits(db: Queryable): Promise<number[]> {
  return (await db.run(SWEEP, [LOST_LEASES, LOST_MESSAGE])).map(({ id }) => id);
}

export function listStaleAudits(db: Queryable, queuedMs: number): Promise<Delivery[]> {
  return db.run(LIST, [queuedMs]);
}

/** The audits given back. */
export async function requeueAudits(db: Queryable, lost: readonly Delivery[]): Promise<number[]> {
  const rows = await db.run(REQUEUE, [
    lost.map((delivery) => delivery.id),
    lost.map((delivery) => delivery.delivery),
  ]);
  return rows.map((row) => row.id);
}
