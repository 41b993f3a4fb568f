/**
 * When a nightly is due. Pure: the present is a parameter. The expression is read as wall times, by cron-parser in UTC, where
 * clocks never jump; each is then placed in the zone by wall-time.ts. (In a zone with jumps cron-parser itself moves 02:30 to 03:30
 * instead of the first instant after the gap, and leaves a day out where the clocks jump by half an hour.) So a local time
 * that does not exist is due at the first instant after the gap, and one that occurs twice once. Several due times in one
 * gap are one.
 */
import { CronExpressionParser } from 'cron-parser';
import { MAX_MISSED_TICKS } from '@lastref/storage';
import { zoneOf } from './wall-time.js';

export interface Schedule {
  /** Five fields; checked when the nightly was made. */
  readonly cron: string;
  readonly zone: string;
}

/** The first due time after this instant. */
export function nextDue({ cron, zone }: Schedule, now: Date): Date {
  const clocks = zoneOf(zone);
  const walls = CronExpressionParser.parse(cron, {
    currentDate: clocks.wallAt(now.getTime()),
    tz: 'UTC',
  });
  for (;;) {
    const due = clocks.instantOf(walls.next().getTime());
    if (due > now.getTime()) return new Date(due);
  }
}

/** The last due times from `first` (which is one) up to now, newest first; so many as are worth a row. */
export function dueSince({ cron, zone }: Schedule, first: Date, now: Date): Date[] {
  if (first > now) return [];
  const clocks = zoneOf(zone);
  // The wall time before which to look: where clocks were put back, now shows less than some that were due before.
  const latest = clocks.wallAt(nextDue({ cron, zone }, now).getTime());
  const walls = CronExpressionParser.parse(cron, { currentDate: latest, tz: 'UTC' });
  const due = new Set<number>();
  while (due.size < MAX_MISSED_TICKS) {
    const instant = clocks.instantOf(walls.prev().getTime());
    if (instant < first.getTime()) break;
    if (instant <= now.getTime()) due.add(instant);
  }
  return [...due, ...(due.size === 0 ? [first.getTime()] : [])].map((one) => new Date(one));
}
