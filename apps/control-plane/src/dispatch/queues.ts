/**
 * The senders of the control plane: `@Inject(DISPATCH_QUEUES) queues: DispatchQueues`. Closed with the application, after the
 * duties that use them have stopped.
 */
import type { OperationJob, ShardJob, ShrinkJob } from '@lastref/contracts';
import {
  auditSender,
  type JobSender,
  operationSender,
  shardSender,
  shrinkSender,
} from '@lastref/queue';
import type { Logger } from 'pino';
import type { QueuePlace } from './queue-place.js';

export const DISPATCH_QUEUES = Symbol('DispatchQueues');

export interface DispatchQueues {
  shards: JobSender<ShardJob>;
  audits: JobSender<ShardJob>;
  shrinks: JobSender<ShrinkJob>;
  operations: JobSender<OperationJob>;
}

export function openQueues(redis: QueuePlace, logger: Logger): DispatchQueues {
  const onError = (error: Error): void => {
    logger.warn({ err: error }, 'the queue is out of reach');
  };
  return {
    shards: shardSender(redis, onError),
    audits: auditSender(redis, onError),
    shrinks: shrinkSender(redis, onError),
    operations: operationSender(redis, onError),
  };
}

export async function closeQueues(queues: DispatchQueues): Promise<void> {
  const { shards, audits, shrinks, operations } = queues;
  await Promise.all([shards, audits, shrinks, operations].map((queue) => queue.close()));
}
