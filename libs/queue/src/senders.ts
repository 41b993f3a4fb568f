/** What is sent to which queue, and before what. */
import type { OperationJob, ShardJob, ShrinkJob } from '@lastref/contracts';
import { PRIORITY } from './delivery-rules.js';
import { JobSender, type RedisAddress } from './job-sender.js';

/** What a dead worker left comes before what nobody has begun: it has waited for a lease already. */
const shardPriority = ({ again }: ShardJob): number => (again ? PRIORITY.again : PRIORITY.campaign);

export function shardSender(
  redis: RedisAddress,
  onError: (error: Error) => void,
): JobSender<ShardJob> {
  return new JobSender('explore', 's', (job) => job.shard, shardPriority, redis, onError);
}

/** Audits are in the queue of shards, behind all of them. */
export function auditSender(
  redis: RedisAddress,
  onError: (error: Error) => void,
): JobSender<ShardJob> {
  return new JobSender(
    'explore',
    'a',
    (job) => job.shard,
    () => PRIORITY.audit,
    redis,
    onError,
  );
}
const operationPriority = ({ background }: OperationJob): number =>
  background ? PRIORITY.campaign : PRIORITY.asked;

export function shrinkSender(
  redis: RedisAddress,
  onError: (error: Error) => void,
): JobSender<ShrinkJob> {
  return new JobSender(
    'shrink',
    'o',
    (job) => job.outbox,
    () => PRIORITY.campaign,
    redis,
    onError,
  );
}

export function operationSender(
  redis: RedisAddress,
  onError: (error: Error) => void,
): JobSender<OperationJob> {
  return new JobSender('prove', 'p', (job) => job.operation, operationPriority, redis, onError);
}
