/** Servers that have no room left: nothing is lost, whoever asks is told to come again, and it goes on once there is room. */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Redis } from 'ioredis';
import supertest from 'supertest';
import { type PostgresOptions, startPostgres } from '../../tools/servers/postgres.mjs';
import { startApp } from '../support/api.js';
import { Cluster, expectedLedger } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { startKeeper } from '../support/keeper.mjs';
import { migrate } from '../support/migrate.mjs';
import { startOwnRedis } from '../support/own-redis.js';
import { realProgram } from '../support/real-program.js';
import { makeTempFolder } from '../support/temp-folder.mjs';
import { throwawayPostgresOptions } from '../support/throwaway.mjs';

const LIMIT_MS = 120_000;

it(
  'a Redis without memory holds a campaign up, and no more',
  async () => {
    const redis = await startOwnRedis();
    const cluster = await Cluster.open(redis.url);
    const client = new Redis(redis.url);
    try {
      await client.config('SET', 'maxmemory', '1');
      const campaign = await cluster.campaign(500);
      const control = await cluster.controlPlane();
      await cluster.worker();
      await control.says('a duty of dispatch failed; it will be tried again');
      await control.says('used memory');
      await client.config('SET', 'maxmemory', '0');
      expect((await cluster.ended(campaign)).ledgerDigest).toBe(expectedLedger());
    } finally {
      client.disconnect();
      await cluster.close();
      await redis.stop();
    }
  },
  LIMIT_MS,
);

describe('a full disk', () => {
  const keeper = startKeeper();
  const folder = mountSmall();
  let app: NestExpressApplication | undefined;

  afterAll(async () => {
    await app?.close();
    // Before the keeper, who could not remove it, and while the server still has files in it.
    if (folder !== undefined) execFileSync('umount', ['--lazy', folder]);
    await keeper.close();
  }, LIMIT_MS);

  /** A file system of 160 MiB in memory; undefined where this user may not mount one. */
  function mountSmall(): string | undefined {
    if (process.getuid?.() !== 0) return undefined;
    const made = makeTempFolder('full');
    keeper.folder(made);
    try {
      const options = ['-t', 'tmpfs', '-o', 'size=160m,mode=711', 'tmpfs', made];
      execFileSync('mount', options, { stdio: 'ignore' });
      return made;
    } catch {
      return undefined;
    }
  }

  async function store(title: string): Promise<number> {
    const server = app?.getHttpServer();
    if (server === undefined) throw new Error('the application has not started');
    const program = { ...realProgram(), case: `full-${title}`, title: title.padEnd(60, 'x') };
    return (await supertest(server).post('/api/v1/programs').send(program)).status;
  }

  (folder === undefined ? it.skip : it)(
    'is a 503 for who writes, and no longer once there is room (needs root, for a small file system of its own)',
    async () => {
      const options: PostgresOptions = await throwawayPostgresOptions(folder ?? '', keeper);
      let running = await startPostgres(options);
      await migrate(running.url);
      app = await startApp(running.url);
      expect(await store('before')).toBe(201);
      const filler = join(folder ?? '', 'filler');
      try {
        writeFileSync(filler, Buffer.alloc(256 * 1024 * 1024));
      } catch {
        // There is no room left: that is what it is for.
      }
      expect(existsSync(filler)).toBe(true);
      let place = 0;
      const statuses = new Set<number>();
      await eventually(async () => {
        statuses.add(await store(String((place += 1))));
        return statuses.has(503);
      });
      expect([201, 503]).toEqual(expect.arrayContaining([...statuses]));
      rmSync(filler);
      // A server that could not even write its log has ended: what keeps it running starts it again.
      await eventually(async () => {
        if (running.hasExited()) running = await startPostgres(options);
        return (await store('after')) === 201;
      });
    },
    LIMIT_MS,
  );
});
