/**
 * What a doctor asks a Redis: its version, whether it may throw jobs away, whether it keeps them over a restart, and how full it
 * is. All of it stands in INFO, which every Redis answers; no configuration is read.
 */
import { Redis } from 'ioredis';

export interface RedisFacts {
  readonly version: string;
  readonly evictionPolicy: string;
  readonly appendOnly: boolean;
  readonly lastWriteOk: boolean;
  readonly usedBytes: number;
  /** 0: as much as the machine has. */
  readonly mostBytes: number;
}

const CONNECT_MS = 3_000;

export async function readRedisFacts(url: string): Promise<RedisFacts> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  const causes: Error[] = [];
  redis.on('error', (error) => causes.push(error));
  try {
    await redis.connect();
    return factsOf(await redis.info());
  } catch (error) {
    throw causes[0] ?? error;
  } finally {
    redis.disconnect();
  }
}

function factsOf(info: string): RedisFacts {
  const lines = info.split(/\r?\n/).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  const field = new Map(lines);
  const number = (name: string): number => Number(field.get(name) ?? 0);
  return {
    version: field.get('redis_version') ?? 'unknown',
    evictionPolicy: field.get('maxmemory_policy') ?? 'unknown',
    appendOnly: field.get('aof_enabled') === '1',
    lastWriteOk: field.get('aof_last_write_status') !== 'err',
    usedBytes: number('used_memory'),
    mostBytes: number('maxmemory'),
  };
}
