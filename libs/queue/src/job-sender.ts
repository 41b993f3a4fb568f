/**
 * Sends the jobs of one queue, and tells which deliveries have no job any more: never added, lost with
 * Redis, or ended without the row having moved. Commands fail rather than wait for a Redis that is away or answers nothing; the
 * row is found again by the reconciler.
 */
import { Queue } from 'bullmq';
import { COMMAND_TIMEOUT_MS, JOB_RULES, jobId, type JobLetter } from './delivery-rules.js';
import { DEFAULT_PREFIX, type QueueName } from './names.js';

export interface RedisAddress {
  url: string;
  prefix?: string;
}

export interface SentDelivery {
  id: number;
  delivery: number;
}

const ENDED = new Set(['completed', 'failed', 'unknown']);

export class JobSender<Job extends { delivery: number }> {
  private readonly queue: Queue;

  constructor(
    name: QueueName,
    private readonly letter: JobLetter,
    private readonly rowOf: (job: Job) => number,
    private readonly priorityOf: (job: Job) => number,
    { url, prefix = DEFAULT_PREFIX }: RedisAddress,
    onError: (error: Error) => void,
  ) {
    const connection = { url, maxRetriesPerRequest: 1, commandTimeout: COMMAND_TIMEOUT_MS };
    this.queue = new Queue(name, { prefix, connection });
    this.queue.on('error', onError);
  }

  async send(jobs: readonly Job[]): Promise<void> {
    await this.queue.addBulk(
      jobs.map((job) => ({
        name: this.queue.name,
        data: job,
        opts: {
          ...JOB_RULES,
          jobId: jobId(this.letter, this.rowOf(job), job.delivery),
          priority: this.priorityOf(job),
        },
      })),
    );
  }

  /** Those of the deliveries that no job stands for. */
  async lost(deliveries: readonly SentDelivery[]): Promise<SentDelivery[]> {
    const states = await Promise.all(
      deliveries.map(({ id, delivery }) =>
        this.queue.getJobState(jobId(this.letter, id, delivery)),
      ),
    );
    return deliveries.filter((_, place) => ENDED.has(states[place] ?? 'unknown'));
  }

  /** Whether Redis answers; it throws, or waits for as long as any command, if not. */
  async ping(): Promise<void> {
    await this.queue.isPaused();
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}
