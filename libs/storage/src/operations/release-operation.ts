/**
 * Gives a lease back unfinished, when a worker stops in order: counted neither as failed nor as lost.
 * Raw, like all that ends a lease.
 */
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { OperationLease } from './renew-operations.js';

const SQL = statement(
  {},
  `
  UPDATE operation SET state = 'waiting', owner = NULL, lease_expires_at = NULL
   WHERE id = $1 AND epoch = $2 AND owner = $3 AND state = 'running'`,
);

export async function releaseOperation(
  db: Queryable,
  worker: string,
  { operation, epoch }: OperationLease,
): Promise<void> {
  await db.run(SQL, [operation, epoch, worker]);
}
