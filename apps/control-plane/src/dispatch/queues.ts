/**
 * The senders of the control plane: `@Inject(DISPATCH_QUEUES) queues: DispatchQueues`. Closed with the application, after the
 * duties that use them have stopped.
 */
import type { ShardJob, ShrinkJob } from '@lastref/contracts';
import { auditSender, type JobSender, shardSender, shrinkSender } from '@lastref/queue';
import type { Logger } from 'pino';
import type { QueuePlace } from './queue-place.js';

export const DISPATCH_QUEUES = Symbol('DispatchQueues');

export interface DispatchQueues {
  shards: JobSender<ShardJob>;
  audits: JobSender<ShardJob>;
  shrinks: JobSender<ShrinkJob>;
}

export function openQueues(redis: QueuePlace, logger: Logger): DispatchQueues {
  const onError = (error: Error): void => {
    logger.warn({ err: error }, 'the queue is out of reach');
  };
  return {
    shards: shardSender(redis, onError),
    audits: auditSender(redis, onError),
    shrinks: shrinkSender(redis, onError),
  };
}

export async function closeQueues({ shards, audits, shrinks }: DispatchQueues): Promise<void> {
  await Promise.all([shards.close(), audits.close(), shrinks.close()]);
}
