/**
 * The senders of the control plane: `@Inject(DISPATCH_QUEUES) queues: DispatchQueues`. Closed with the application, after the
 * duties that use them have stopped.
 */
import type { OperationJob, ShardJob, ShrinkJob } from '@lastref/contracts';
import { type JobSender, operationSender, shardSender, shrinkSender } from '@lastref/queue';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';

export const DISPATCH_QUEUES = Symbol('DispatchQueues');

export interface DispatchQueues {
  shards: JobSender<ShardJob>;
  shrinks: JobSender<ShrinkJob>;
  operations: JobSender<OperationJob>;
}

export function openQueues(config: Config, logger: Logger): DispatchQueues {
  const redis = { url: config.redisUrl, prefix: config.queuePrefix };
  const onError = (error: Error): void => {
    logger.warn({ err: error }, 'the queue is out of reach');
  };
  return {
    shards: shardSender(redis, onError),
    shrinks: shrinkSender(redis, onError),
    operations: operationSender(redis, onError),
  };
}
