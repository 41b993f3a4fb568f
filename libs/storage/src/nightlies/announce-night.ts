/** What is told of a night that is late: it could not start, or has not ended in time. Once each. */
import type { Queryable } from '../database/database.js';
import { announce } from '../notifications/announce.js';

const subjectOf = (name: string, dueAt: Date): string => `nightly ${name}, ${dueAt.toISOString()}`;

export async function announceFailedNight(
  tx: Queryable,
  name: string,
  dueAt: Date,
  message: string,
): Promise<void> {
  const subject = subjectOf(name, dueAt);
  const detail = `The night of nightly ${name} due at ${dueAt.toISOString()} did not start: ${message}.`;
  await announce(tx, { kind: 'late-campaign', subject, detail });
}

export async function announceLateNight(
  tx: Queryable,
  name: string,
  dueAt: Date,
  campaign: number,
): Promise<void> {
  const subject = subjectOf(name, dueAt);
  const detail = `Campaign ${campaign} of nightly ${name}, due at ${dueAt.toISOString()}, still runs past its deadline.`;
  await announce(tx, { kind: 'late-campaign', subject, campaign, detail });
}
