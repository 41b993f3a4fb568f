/**
 * Whether the work goes on. A shard that runs, or one that has not waited long, is movement; a shard that has been queued
 * for long while nothing runs is not, whoever is alive.
 */
import type { Progress } from '@lastref/contracts';

/** As long as a worker that begins nothing has before it ends. */
export const STUCK_MS = 30_000;

export interface Counts {
  readonly workersAlive: number;
  readonly campaignsRunning: number;
  readonly liveLeases: number;
  readonly oldestQueuedMs: number;
  readonly shards: { readonly pending: number; readonly queued: number };
}

export function movementOf(counts: Counts): Progress['movement'] {
  const { workersAlive, campaignsRunning, liveLeases, oldestQueuedMs, shards } = counts;
  if (liveLeases > 0) return 'moving';
  if (campaignsRunning === 0) return 'idle';
  if (workersAlive === 0) return 'no-workers';
  if (shards.queued > 0 && oldestQueuedMs >= STUCK_MS) return 'stuck';
  return 'moving';
}
