/**
 * The senders of the control plane: `@Inject(DISPATCH_QUEUES) queues: DispatchQueues`. Closed with the application, after the
 * duties that use them have stopped.
 */
import type { ShardJob, ShrinkJob } from '@lastref/contracts';
import {
  auditSender,
  installationPrefix,
  type JobSender,
  shardSender,
  shrinkSender,
} from '@lastref/queue';
import { type Database, readInstallation } from '@lastref/storage';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';

export const DISPATCH_QUEUES = Symbol('DispatchQueues');

export interface DispatchQueues {
  shards: JobSender<ShardJob>;
  audits: JobSender<ShardJob>;
  shrinks: JobSender<ShrinkJob>;
}

export async function openQueues(
  config: Config,
  database: Database,
  logger: Logger,
): Promise<DispatchQueues> {
  const prefix = installationPrefix(config.queuePrefix, await readInstallation(database));
  const redis = { url: config.redisUrl, prefix };
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
