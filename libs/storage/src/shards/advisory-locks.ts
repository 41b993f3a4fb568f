/**
 * Transaction-level advisory locks: one control plane feeds or sweeps at a time, what has a limit is created one at a
 * time, and the lock cannot outlive its transaction (a session lock cannot be released reliably through a pool).
 * Raw, because Prisma knows no advisory locks.
 */
import type { Queryable } from '../database/database.js';
import { bool, statement } from '../database/statement.js';

export const FEED_LOCK = 0x6c617374_01;
export const SWEEP_LOCK = 0x6c617374_02;
export const CREATE_CAMPAIGN_LOCK = 0x6c617374_03;
export const STORE_PROGRAM_LOCK = 0x6c617374_04;
export const CREATE_OPERATION_LOCK = 0x6c617374_14;
export const CREATE_NIGHTLY_LOCK = 0x6c617374_05;

const TRY = statement({ locked: bool }, `SELECT pg_try_advisory_xact_lock($1::int8) AS locked`);

const WAIT = statement(
  { locked: bool },
  `SELECT true AS locked FROM pg_advisory_xact_lock($1::int8)`,
);

export async function tryLock(tx: Queryable, lock: number): Promise<boolean> {
  const [row] = await tx.run(TRY, [lock]);
  return row?.locked === true;
}

/** At most LOCK_TIMEOUT_MS. */
export async function waitForLock(tx: Queryable, lock: number): Promise<void> {
  await tx.run(WAIT, [lock]);
}
