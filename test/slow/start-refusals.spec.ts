/** What a start does not begin with, each told in one line with a way out, and nothing left running. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { testDatabaseUrl, testRedisUrl } from '../support/database.js';
import { startKeeper } from '../support/keeper.mjs';
import { type OwnRedis, startOwnRedis } from '../support/own-redis.js';
import { livingAmong, registeredProcesses, startProcess } from '../support/start-process.js';
import { makeTempFolder } from '../support/temp-folder.mjs';
import { freePort } from '../../tools/servers/ports.mjs';

const ENVIRONMENT = 3;

describe('npm start refuses', () => {
  const keeper = startKeeper();
  const data = makeTempFolder('refused');
  keeper.folder(data);
  const small = mountSmall();
  let redis: OwnRedis | undefined;

  afterAll(async () => {
    await redis?.stop();
    if (small !== undefined) execFileSync('umount', [small]);
    await keeper.close();
  });

  async function refuses(environment: Record<string, string>, line: string): Promise<void> {
    const port = String(await freePort());
    const servers = { DATABASE_URL: testDatabaseUrl(), REDIS_URL: testRedisUrl() };
    const given = { LASTREF_DATA: data, LASTREF_PORT: port, ...servers, ...environment };
    const start = startProcess(given, keeper);
    await start.says(line);
    expect(await start.ended).toBe(ENVIRONMENT);
    expect(livingAmong(registeredProcesses(environment['LASTREF_DATA'] ?? data))).toEqual([]);
  }

  it('a DATABASE_URL with a wrong password, without repeating it', async () => {
    const url = new URL(testDatabaseUrl());
    url.password = 'wrong';
    await refuses(
      { DATABASE_URL: url.href },
      'DATABASE_URL: password authentication failed for user "lastref". Correct it, or unset it',
    );
  });

  it('a DATABASE_URL without such a database, or without a server', async () => {
    const url = new URL(testDatabaseUrl());
    url.pathname = '/nowhere';
    await refuses({ DATABASE_URL: url.href }, 'DATABASE_URL: database "nowhere" does not exist');
    url.port = String(await freePort());
    await refuses({ DATABASE_URL: url.href }, 'DATABASE_URL: connect ECONNREFUSED');
  });

  it('a Redis that would drop jobs when its memory is full', async () => {
    redis = await startOwnRedis();
    const client = new Redis(redis.url);
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    client.disconnect();
    await refuses(
      { REDIS_URL: redis.url },
      'REDIS_URL: its maxmemory-policy is allkeys-lru, which loses jobs; it must be noeviction',
    );
  });

  it('a port that another program has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await refuses(
      { LASTREF_PORT: String(port) },
      `Port ${port} is taken by another program. Stop that, or set LASTREF_PORT to another.`,
    );
    other.close();
  });

  (small === undefined ? it.skip : it)(
    'a disk that is nearly full (needs root, for a small file system of its own)',
    async () => {
      await refuses(
        { LASTREF_DATA: small ?? '' },
        `MiB are free at ${small ?? ''}; Lastref wants 1024`,
      );
    },
  );

  /** A file system of 64 MiB in memory; undefined where this user may not mount one. */
  function mountSmall(): string | undefined {
    if (process.getuid?.() !== 0) return undefined;
    const folder = makeTempFolder('small');
    keeper.folder(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], {
        stdio: 'ignore',
      });
      return folder;
    } catch {
      return undefined;
    }
  }
});
