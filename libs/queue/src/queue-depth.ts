/**
 * How much waits in a queue, asked over a connection of its own: what a consumer says of itself is no evidence where the
 * consumer may be what hangs. Fails rather than waits when Redis is away.
 */
import { Queue } from 'bullmq';
import type { RedisAddress } from './job-sender.js';
import { DEFAULT_PREFIX, type QueueName } from './names.js';

export interface Depth {
  /** Somebody has paused it: nothing is taken until it is resumed. */
  readonly paused: boolean;
  /** Ready to be taken. */
  readonly waiting: number;
  /** Taken. */
  readonly active: number;
  /** To be tried again later. */
  readonly delayed: number;
}

export class QueueDepth {
  private readonly queue: Queue;

  constructor(
    name: QueueName,
    { url, prefix = DEFAULT_PREFIX }: RedisAddress,
    onError: (error: Error) => void,
  ) {
    this.queue = new Queue(name, { prefix, connection: { url, maxRetriesPerRequest: 1 } });
    this.queue.on('error', onError);
  }

  async read(): Promise<Depth> {
    const [counts, paused] = await Promise.all([
      this.queue.getJobCounts('wait', 'prioritized', 'active', 'delayed'),
      this.queue.isPaused(),
    ]);
    const { wait = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
    return { paused, waiting: wait + prioritized, active, delayed };
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}
