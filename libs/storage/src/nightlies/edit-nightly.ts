/**
 * Changes a nightly, pauses it, resumes it, removes it. The row is locked first, so that a sweep sees it before or after, never
 * between. Whoever changes when it is due, or resumes it, is not interested in the past: it is due next after now, and
 * nothing is caught up. A night that runs is left alone; one that waits for it is dropped with the pause or the removal.
 * Raw, because Prisma takes no row locks and the time of removal is the database's.
 */
import type { Database, Queryable, Store } from '../database/database.js';
import { int8, statement } from '../database/statement.js';
import { CREATE_NIGHTLY_LOCK, waitForLock } from '../shards/advisory-locks.js';
import { isNameTaken, type NextDue } from './create-nightly.js';
import { findNightly, type NightlySettings, type StoredNightly } from './nightlies.js';
import { databaseNow } from './now.js';

const HOLD = statement(
  { id: int8 },
  `SELECT id FROM nightly WHERE id = $1 AND removed_at IS NULL FOR UPDATE`,
);

const REMOVE = statement({}, `UPDATE nightly SET removed_at = now() WHERE id = $1`);

export type EditNightlyResult = 'edited' | 'unknown' | 'name-taken';

type Transaction = Store & Queryable;

async function held(
  db: Database,
  id: number,
  work: (tx: Transaction, nightly: StoredNightly) => Promise<void>,
): Promise<boolean> {
  return db.prismaTransaction(async (tx) => {
    const rows = await tx.run(HOLD, [id]);
    const nightly = rows.length === 0 ? null : await findNightly(tx, id);
    if (nightly === null) return false;
    await work(tx, nightly);
    return true;
  });
}

const isPastDue = (change: Partial<NightlySettings>): boolean =>
  change.cron !== undefined || change.zone !== undefined;

class NameTaken extends Error {}

export async function editNightly(
  db: Database,
  id: number,
  change: Partial<NightlySettings>,
  nextDue: NextDue,
): Promise<EditNightlyResult> {
  try {
    const found = await held(db, id, async (tx, nightly) => {
      if (change.name !== undefined) {
        await waitForLock(tx, CREATE_NIGHTLY_LOCK);
        if (await isNameTaken(tx, change.name, id)) throw new NameTaken();
      }
      const due = { ...nightly, ...change };
      const nextDueAt = isPastDue(change) ? nextDue(due, await databaseNow(tx)) : nightly.nextDueAt;
      await tx.prisma.nightly.update({ where: { id }, data: { ...change, nextDueAt } });
    });
    return found ? 'edited' : 'unknown';
  } catch (error) {
    if (error instanceof NameTaken) return 'name-taken';
    throw error;
  }
}

/** False if there is no such nightly. */
export function pauseNightly(db: Database, id: number): Promise<boolean> {
  return held(db, id, async (tx) => {
    await tx.prisma.nightly.update({ where: { id }, data: { paused: true } });
    await dropQueued(tx, id, 'the nightly was paused');
  });
}

export function resumeNightly(db: Database, id: number, nextDue: NextDue): Promise<boolean> {
  return held(db, id, async (tx, nightly) => {
    if (!nightly.paused) return;
    const nextDueAt = nextDue(nightly, await databaseNow(tx));
    await tx.prisma.nightly.update({ where: { id }, data: { paused: false, nextDueAt } });
  });
}

export function removeNightly(db: Database, id: number): Promise<boolean> {
  return held(db, id, async (tx) => {
    await tx.run(REMOVE, [id]);
    await dropQueued(tx, id, 'the nightly was removed');
  });
}

/** The due time that waits for the night before is left out. */
export async function dropQueued({ prisma }: Store, id: number, message: string): Promise<void> {
  const where = { nightlyId: id, state: 'queued' } as const;
  await prisma.tick.updateMany({ where, data: { state: 'skipped', message } });
}
