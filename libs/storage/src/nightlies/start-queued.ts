/**
 * Starts a due time that waited, once the night before has ended. Its nightly is taken with SKIP LOCKED as well, so that no sweep
 * starts another one of it meanwhile.
 * Raw, because Prisma takes no row locks.
 */
import type { Database } from '../database/database.js';
import { int8, statement, timestamp } from '../database/statement.js';
import { announceFailedNight } from './announce-night.js';
import { findNightly } from './nightlies.js';
import { runningNights } from './running-nights.js';
import { type NightPlan, startNight } from './start-night.js';
import type { Ticked } from './tick-nightly.js';

const TAKE = statement(
  { tick: int8, nightly: int8, dueAt: timestamp, now: timestamp },
  `
  SELECT t.id AS tick, n.id AS nightly, t.due_at AS "dueAt", date_trunc('milliseconds', now()) AS now
    FROM tick t
    JOIN nightly n ON n.id = t.nightly_id
   WHERE t.state = 'queued'
     AND NOT EXISTS (SELECT FROM tick before
                       JOIN campaign c ON c.id = before.campaign_id
                      WHERE before.nightly_id = n.id AND c.state = 'running' AND NOT c.ends_early)
   ORDER BY t.id
   LIMIT 1
     FOR UPDATE OF t, n SKIP LOCKED`,
);

/** Null if none can start that nobody else has taken. */
export function startQueued(db: Database, plan: NightPlan): Promise<Ticked | null> {
  return db.prismaTransaction(async (tx) => {
    const [taken] = await tx.run(TAKE);
    const nightly = taken === undefined ? null : await findNightly(tx, taken.nightly);
    if (taken === undefined || nightly === null) return null;
    const { tick, dueAt, now } = taken;
    // Seen again behind the lock: a sweep may have started one just before.
    if ((await runningNights(tx, nightly.id)).length > 0) return null;
    const night = await startNight(tx, nightly, plan, now);
    await tx.prisma.tick.update({ where: { id: tick }, data: night });
    if (night.state === 'failed') {
      await announceFailedNight(tx, nightly.name, dueAt, night.message);
    }
    return { nightly: nightly.name, dueAt, state: night.state, missed: 0 };
  });
}
