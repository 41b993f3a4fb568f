/**
 * Renews the leases of one process in one statement, and stores how far each has come. One that does not come back is no
 * longer this worker's: it was taken over, cancelled, or has ended.
 * Raw, because many leases are renewed in one statement, by the database's clock.
 */
import type { Queryable } from '../database/database.js';
import { int4, int8, statement } from '../database/statement.js';

export interface OperationLease {
  operation: number;
  epoch: number;
}

const SQL = statement(
  { operation: int8, epoch: int4 },
  `
  UPDATE operation o
     SET lease_expires_at = now() + $5 * interval '1 millisecond', progress = held.progress
    FROM unnest($2::int8[], $3::int4[], $4::int8[]) AS held (operation, epoch, progress)
   WHERE o.id = held.operation AND o.epoch = held.epoch AND o.owner = $1 AND o.state = 'running'
  RETURNING o.id AS operation, o.epoch`,
);

/** Those that are still held. */
export function renewOperations(
  db: Queryable,
  worker: string,
  held: readonly (OperationLease & { progress: number })[],
  leaseMs: number,
): Promise<OperationLease[]> {
  return db.run(SQL, [
    worker,
    held.map((lease) => lease.operation),
    held.map((lease) => lease.epoch),
    held.map((lease) => lease.progress),
    leaseMs,
  ]);
}
