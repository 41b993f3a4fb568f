/**
 * Every number of delivery in one place, as shipped. BullMQ only wakes workers up: a job that is lost,
 * doubled or late changes nothing but time, because the row in the database decides. What must hold
 * between these numbers is asserted by a test.
 */
import type { JobsOptions, WorkerOptions } from 'bullmq';

/** A lease and its renewal, the sweep that finds expired ones, and when a queued row without a job is lost. */
export const LEASE_MS = 15_000;
export const RENEWALS_PER_LEASE = 3;
export const SWEEP_MS = 2_000;
export const REQUEUE_MS = 10_000;

/** How often the feeder looks, and how many jobs it keeps announced: clamp(4 x live slots, 8, 1000). */
export const FEED_MS = 250;
export const ANNOUNCED_PER_SLOT = 4;
export const ANNOUNCED_LEAST = 8;
export const ANNOUNCED_MOST = 1_000;

/** A Redis that does not answer a command of a sender for this long is away; whoever sent it tries again later. */
export const COMMAND_TIMEOUT_MS = 5_000;

/** A dead worker's shard is pending again after at most this. */
export const RESTART_WITHIN_MS = 18_000;

/** Least number goes first. Every job has one: BullMQ runs jobs without a priority before all others. */
export const PRIORITY = { asked: 1, again: 5, campaign: 10, audit: 20 } as const;

/** Audits announced at a time: they come when nothing else waits. */
export const ANNOUNCED_AUDITS = 8;

export const JOB_RULES = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: true,
  removeOnFail: { count: 1_000 },
} as const satisfies JobsOptions;

/**
 * A worker that dies has jobs in hand that nobody has begun. They come back when their lock has expired, so it is far shorter than
 * a lease: they hold places of the queue, and a shard that was lost before may be among them. A lock that expires too early
 * only brings a job twice.
 */
export const CONSUMER_RULES = {
  lockDuration: 5_000,
  lockRenewTime: 1_500,
  stalledInterval: 2_000,
  maxStalledCount: 1_000,
  runRetryDelay: 1_000,
} as const satisfies Partial<WorkerOptions>;

/**
 * Where shards end so fast that the queue runs dry between two feeds, more are announced: four times as many when it has less
 * than a quarter left, half as many when it has more than three quarters.
 */
export const WIDEN_BELOW = 0.25;
export const NARROW_ABOVE = 0.75;

/** How many jobs are kept announced for this many live threads. */
export function announcedTarget(slots: number): number {
  return Math.min(Math.max(ANNOUNCED_PER_SLOT * slots, ANNOUNCED_LEAST), ANNOUNCED_MOST);
}

/** Of a shard, an audit of one, the outbox, an operation. */
export type JobLetter = 's' | 'a' | 'o' | 'p';

/** A job id is never used twice, because BullMQ ignores an id it still knows. */
export function jobId(letter: JobLetter, row: number, delivery: number): string {
  return `${letter}-${row}-${delivery}`;
}
