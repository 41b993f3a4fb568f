/**
 * Consumes one queue. The payload is checked before anything is done with it; one that does not fit is
 * never retried. A handler that throws means that the infrastructure failed: the job comes again, later.
 * Domain errors are results and are no concern of the queue.
 */
import { UnrecoverableError, Worker } from 'bullmq';
import { CONSUMER_RULES } from './delivery-rules.js';
import type { RedisAddress } from './job-sender.js';
import { DEFAULT_PREFIX, type QueueName } from './names.js';

export interface PayloadSchema<Job> {
  safeParse(data: unknown): { success: true; data: Job } | { success: false; error: Error };
}

export interface ConsumerOptions<Job> {
  queue: QueueName;
  redis: RedisAddress;
  schema: PayloadSchema<Job>;
  concurrency: number;
  handle: (job: Job) => Promise<void>;
  onError: (error: Error) => void;
}

export interface Consumer {
  start: () => void;
  /** Takes no further job; resolves when the running ones have ended. */
  close: () => Promise<void>;
}

export function createConsumer<Job>(options: ConsumerOptions<Job>): Consumer {
  const { queue, redis, schema, concurrency, handle, onError } = options;
  const worker = new Worker<unknown>(
    queue,
    async ({ data }) => {
      const job = schema.safeParse(data);
      if (!job.success) throw new UnrecoverableError(`bad ${queue} job: ${job.error.message}`);
      await handle(job.data);
    },
    {
      ...CONSUMER_RULES,
      autorun: false,
      concurrency,
      prefix: redis.prefix ?? DEFAULT_PREFIX,
      connection: { url: redis.url, maxRetriesPerRequest: null },
    },
  );
  worker.on('error', onError);
  worker.on('failed', (_, error) => {
    onError(error);
  });
  return {
    start: () => {
      worker.run().catch(onError);
    },
    close: () => worker.close(),
  };
}
