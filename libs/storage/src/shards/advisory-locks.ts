/**
 * Transaction-level advisory locks: one control plane feeds or sweeps at a time, and the lock cannot
 * outlive its transaction (a session lock cannot be released reliably through a pool).
 */
import type { Queryable } from '../database/database.js';

export const FEED_LOCK = 0x6c617374_01;
export const SWEEP_LOCK = 0x6c617374_02;

const SQL = `SELECT pg_try_advisory_xact_lock($1) AS locked`;

export async function tryLock(tx: Queryable, lock: number): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>(SQL, [lock]);
  return row?.locked === true;
}
