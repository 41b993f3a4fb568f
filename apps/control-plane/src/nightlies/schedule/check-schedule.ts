/**
 * Whether a cron expression and a zone are ones that nightlies can be due by, and what is wrong with them. Only the five
 * classical fields: a nightly has no use for seconds, and `H` draws a time at random.
 */
import { CronExpressionParser } from 'cron-parser';
import { nearest } from '@lastref/kernel';
import type { ProblemError } from '@lastref/contracts';
import { nextDue, type Schedule } from './due.js';

export type { Schedule };

const FIELDS = 5;
const EXAMPLE = '"0 2 * * *" is 2 o\'clock every night';
const UTC = 'UTC';

export function checkSchedule(schedule: Schedule, now: Date): ProblemError[] {
  const wrong = [...cronErrors(schedule.cron, now), ...zoneErrors(schedule.zone)];
  return wrong;
}

function cronErrors(cron: string, now: Date): ProblemError[] {
  const refuse = (why: string): ProblemError[] => [
    { pointer: '/cron', message: `${why}; ${EXAMPLE}` },
  ];
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS) {
    return refuse(
      `must have five fields (minute, hour, day of month, month, day of week), not ${fields.length}`,
    );
  }
  if (/(^|[^A-Za-z])H/.test(cron)) return refuse('must not draw a time with H');
  try {
    CronExpressionParser.parse(cron, { tz: UTC });
    nextDue({ cron, zone: UTC }, now);
    return [];
  } catch (error) {
    return refuse(
      `is no time that comes: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function zoneErrors(zone: string): ProblemError[] {
  if (isZone(zone)) return [];
  const known = [UTC, ...Intl.supportedValuesOf('timeZone')];
  const meant = nearest(zone, known) ?? known.find((one) => one.endsWith(`/${zone}`));
  const error = { pointer: '/zone', message: 'must be a time zone such as Europe/Berlin or UTC' };
  return [meant === undefined ? error : { ...error, nearest: meant }];
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
