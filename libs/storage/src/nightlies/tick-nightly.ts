/**
 * Takes one nightly that is due, writes what comes of its due times and moves it to the next, in one transaction. The row is
 * taken with SKIP LOCKED and its due times are unique, so any number of processes may sweep at once: each due time is
 * decided on once. Of several in the past only the latest starts, if it is within the catch-up window; the others are missed.
 * Raw, because Prisma takes no row locks.
 */
import { endEarly } from '../campaigns/end-early.js';
import type { Database, Queryable, Store } from '../database/database.js';
import { int8, statement, timestamp } from '../database/statement.js';
import type { TickState } from '../generated/prisma/client.js';
import { announceFailedNight } from './announce-night.js';
import { dropQueued } from './edit-nightly.js';
import { findNightly, type StoredNightly } from './nightlies.js';
import { decide } from './overlap.js';
import { runningNights } from './running-nights.js';
import { type NightPlan, startNight, type StartedNight } from './start-night.js';

const TAKE = statement(
  { id: int8, now: timestamp },
  `
  SELECT id, date_trunc('milliseconds', now()) AS now
    FROM nightly
   WHERE removed_at IS NULL AND NOT paused AND next_due_at <= now()
   ORDER BY next_due_at, id
   LIMIT 1
     FOR UPDATE SKIP LOCKED`,
);

export interface Ticked {
  nightly: string;
  dueAt: Date;
  state: TickState;
  missed: number;
}

const MINUTE_MS = 60_000;
const MISSED = 'the service was not there in time';

type Transaction = Store & Queryable;
type Fate = StartedNight | { state: 'queued' } | { state: 'skipped'; message: string };

/** What came of the latest due time; null if nothing is due that nobody else has taken. */
export function tickNightly(db: Database, plan: NightPlan): Promise<Ticked | null> {
  return db.prismaTransaction(async (tx) => {
    const [taken] = await tx.run(TAKE);
    const nightly = taken === undefined ? null : await findNightly(tx, taken.id);
    if (taken === undefined || nightly === null) return null;
    const { now } = taken;
    const due = plan.dueSince(nightly, now);
    const oldest = now.getTime() - nightly.catchUpMinutes * MINUTE_MS;
    const [latest = nightly.nextDueAt, ...others] = due;
    const inTime = latest.getTime() >= oldest;
    const missed = inTime ? others : [latest, ...others];
    await writeMissed(tx, nightly.id, missed);
    const fate: Fate | null = inTime ? await fateOf(tx, nightly, plan, now) : null;
    if (fate !== null) await writeTick(tx, nightly, latest, fate);
    const nextDueAt = plan.nextDue(nightly, now);
    await tx.prisma.nightly.update({ where: { id: nightly.id }, data: { nextDueAt } });
    const { name } = nightly;
    return { nightly: name, dueAt: latest, state: fate?.state ?? 'missed', missed: missed.length };
  });
}

async function fateOf(
  tx: Transaction,
  nightly: StoredNightly,
  plan: NightPlan,
  now: Date,
): Promise<Fate> {
  const running = await runningNights(tx, nightly.id);
  const waiting = await tx.prisma.tick.count({ where: { nightlyId: nightly.id, state: 'queued' } });
  switch (decide(nightly.overlap, running.length > 0, waiting > 0)) {
    case 'start':
      return startNight(tx, nightly, plan, now);
    case 'skip':
      return {
        state: 'skipped',
        message:
          waiting > 0
            ? 'another due time waited for the night before to end'
            : 'the night before still ran',
      };
    case 'queue':
      return { state: 'queued' };
    case 'replace': {
      for (const campaign of running) await endEarly(tx, campaign, 'replaced by the next night');
      await dropQueued(tx, nightly.id, 'replaced by the next night');
      return startNight(tx, nightly, plan, now);
    }
  }
}

async function writeTick(
  tx: Transaction,
  { id, name }: StoredNightly,
  dueAt: Date,
  fate: Fate,
): Promise<void> {
  await tx.prisma.tick.create({ data: { nightlyId: id, dueAt, ...fate } });
  if (fate.state === 'failed') await announceFailedNight(tx, name, dueAt, fate.message);
}

async function writeMissed(
  { prisma }: Store,
  nightlyId: number,
  newestFirst: readonly Date[],
): Promise<void> {
  const data = [...newestFirst]
    .reverse()
    .map((dueAt) => ({ nightlyId, dueAt, state: 'missed' as const, message: MISSED }));
  await prisma.tick.createMany({ data, skipDuplicates: true });
}
