/**
 * The queues. `prove` takes every operation, whatever its kind. Messages to people need none: control planes send what is
 * due from the table. Queues share no priority between them, which is why every worker process keeps a thread for `shrink`
 * and one for `prove` beside those for `explore`.
 */
export const QUEUES = ['explore', 'shrink', 'prove'] as const;

export type QueueName = (typeof QUEUES)[number];

/** Where BullMQ keeps its keys, unless the configuration says otherwise. */
export const DEFAULT_PREFIX = 'lastref';

/** Two installations may share a Redis by accident: each has names of its own. `prefix` is what the configuration says. */
export function installationPrefix(prefix: string, installation: string): string {
  return `${prefix}-${installation}`;
}
