/** The queues something is sent to today. */
import type { OperationJob, ShardJob, ShrinkJob } from '@lastref/contracts';
import { JobSender, type RedisAddress } from './job-sender.js';

export function shardSender(
  redis: RedisAddress,
  onError: (error: Error) => void,
): JobSender<ShardJob> {
  return new JobSender('explore', 's', (job) => job.shard, redis, onError);
}

export function shrinkSender(
  redis: RedisAddress,
  onError: (error: Error) => void,
): JobSender<ShrinkJob> {
  return new JobSender('shrink', 'o', (job) => job.outbox, redis, onError);
}

export function operationSender(
  redis: RedisAddress,
  onError: (error: Error) => void,
): JobSender<OperationJob> {
  return new JobSender('prove', 'p', (job) => job.operation, redis, onError);
}
