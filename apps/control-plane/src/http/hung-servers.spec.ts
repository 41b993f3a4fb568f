/** Servers that hang: they close nothing and answer nothing. Whoever asks the service gets an answer nevertheless. */
import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import { startApp } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { textLike } from '../../../../test/support/matchers.js';
import { type OwnPostgres, startOwnPostgres } from '../../../../test/support/own-postgres.js';
import { type OwnRedis, startOwnRedis } from '../../../../test/support/own-redis.js';

const READY = '/api/v1/health/ready';

let postgres: OwnPostgres | undefined;
let redis: OwnRedis | undefined;
let app: NestExpressApplication | undefined;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  redis = await startOwnRedis();
  app = await startApp(postgres.url, { REDIS_URL: redis.url });
}, 60_000);

afterAll(async () => {
  postgres?.thaw();
  redis?.thaw();
  await app?.close();
  await redis?.stop();
  await postgres?.stop();
}, 60_000);

async function get(path: string): Promise<supertest.Response> {
  return supertest((await app?.getUrl()) ?? '').get(path);
}

const isReady = (): Promise<boolean> => eventually(async () => (await get(READY)).status === 200);

describe('a Redis that is away from the start', () => {
  it('keeps nobody from starting or reading, and ready names it', async () => {
    const away = await startOwnRedis();
    away.kill();
    const without = await startApp(postgres?.url ?? '', { REDIS_URL: away.url });
    try {
      const asked = supertest(await without.getUrl());
      const answer = await asked.get(READY);
      expect([answer.status, answer.body]).toMatchObject([503, { detail: textLike(/the queue/) }]);
      expect((await asked.get('/api/v1/campaigns')).status).toBe(200);
    } finally {
      await without.close();
      await away.stop();
    }
  }, 60_000);
});

describe('a server that hangs', () => {
  it('is named by ready, if it is the queue, and others are served', async () => {
    await isReady();
    redis?.freeze();
    const answer = await get(READY);
    expect([answer.status, answer.body]).toMatchObject([
      503,
      { slug: 'unavailable', detail: 'no answer from the queue; try again in a moment' },
    ]);
    expect((await get('/api/v1/campaigns')).status).toBe(200);
    redis?.thaw();
    await isReady();
  }, 60_000);

  it('is named by ready, if it is the database, and everything that needs it is refused', async () => {
    await isReady();
    postgres?.freeze();
    const answer = await get(READY);
    expect([answer.status, answer.body]).toMatchObject([
      503,
      { slug: 'unavailable', detail: 'no answer from the database; try again in a moment' },
    ]);
    for (const path of ['/api/v1/campaigns', '/api/v1/programs', '/']) {
      const refused = await get(path);
      expect([path, refused.status, refused.headers['retry-after']]).toEqual([path, 503, '2']);
    }
    expect((await get('/api/v1/health/live')).status).toBe(200);
    postgres?.thaw();
    await isReady();
  }, 60_000);
});
