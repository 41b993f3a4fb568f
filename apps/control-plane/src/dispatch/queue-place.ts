/**
 * Where the queues of this installation are: `@Inject(QUEUE_PLACE) place: QueuePlace`. The prefix carries the number of the
 * database, so that two installations on one Redis leave each other alone.
 */
import { installationPrefix } from '@lastref/queue';
import { type Database, readInstallation } from '@lastref/storage';
import type { Config } from '../config/config.js';

export const QUEUE_PLACE = Symbol('QueuePlace');

export interface QueuePlace {
  url: string;
  prefix: string;
}

export async function queuePlace(config: Config, database: Database): Promise<QueuePlace> {
  const prefix = installationPrefix(config.queuePrefix, await readInstallation(database));
  return { url: config.redisUrl, prefix };
}
