import { SIGNATURES_MAX } from '@lastref/exploration';
import {
  ANNOUNCED_LEAST,
  ANNOUNCED_MOST,
  announcedTarget,
  CONSUMER_RULES,
  FEED_MS,
  JOB_RULES,
  LEASE_MS,
  RENEWALS_PER_LEASE,
  REQUEUE_MS,
  RESTART_WITHIN_MS,
  SWEEP_MS,
} from '@lastref/queue';
import {
  LOCK_TIMEOUT_MS,
  SIGNATURES_PER_SHARD,
  STATEMENT_TIMEOUT_MS,
  WORKER_ALIVE_MS,
} from '@lastref/storage';
import { LOOK_MS } from '@lastref/threads';
import { BEAT_MS, SLICE_MS, SLICE_TARGET_MS, WATCHDOG_MS } from './limits.js';

describe('the shipped values', () => {
  it('restart the shard of a dead worker in time', () => {
    expect(LEASE_MS + SWEEP_MS + FEED_MS).toBeLessThanOrEqual(RESTART_WITHIN_MS);
  });

  it('renew a lease before it can expire, one failed renewal included', () => {
    const renewal = LEASE_MS / RENEWALS_PER_LEASE;
    expect(2 * renewal + STATEMENT_TIMEOUT_MS).toBeLessThanOrEqual(LEASE_MS);
    expect(SLICE_MS).toBeLessThan(renewal);
    expect(SLICE_TARGET_MS).toBeLessThanOrEqual(SLICE_MS);
  });

  it('end a hanging thread before its shard is somebody else’s', () => {
    expect(WATCHDOG_MS + LOOK_MS).toBeLessThan(LEASE_MS);
  });

  it('renew the lock of a job twice before it expires, and look for stalled ones as often', () => {
    expect(2 * CONSUMER_RULES.lockRenewTime).toBeLessThan(CONSUMER_RULES.lockDuration);
    expect(CONSUMER_RULES.stalledInterval).toBeLessThanOrEqual(5_000);
    expect(CONSUMER_RULES.maxStalledCount).toBeGreaterThanOrEqual(1_000);
    expect(JOB_RULES.attempts).toBeGreaterThan(1);
  });

  it('look for lost jobs only after the queue had time to take them', () => {
    expect(REQUEUE_MS).toBeGreaterThan(SWEEP_MS);
    expect(REQUEUE_MS).toBeGreaterThan(STATEMENT_TIMEOUT_MS);
    expect(STATEMENT_TIMEOUT_MS).toBeGreaterThan(LOCK_TIMEOUT_MS);
  });

  it('count a worker as alive through two missed beats', () => {
    expect(3 * BEAT_MS).toBeLessThanOrEqual(WORKER_ALIVE_MS);
  });

  it('store as many signatures of a shard as the engine tells apart', () => {
    expect(SIGNATURES_PER_SHARD).toBe(SIGNATURES_MAX);
  });

  it('keep between 8 and 1000 jobs announced, four per thread', () => {
    expect([0, 1, 4, 10_000].map(announcedTarget)).toEqual([
      ANNOUNCED_LEAST,
      ANNOUNCED_LEAST,
      16,
      ANNOUNCED_MOST,
    ]);
  });
});
