import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import { startApp, startTestApi, type TestApi } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { sampleProgram } from '../../../../test/support/sample-shards.js';
import { bearer, sampleToken } from '../../../../test/support/tokens.js';

const LIMITS = {
  LASTREF_REPLAYS_PER_MINUTE: '3',
  LASTREF_CAMPAIGNS_PER_DAY: '2',
};

let api: TestApi;
let other: NestExpressApplication;
let one: string;
let two: string;

beforeAll(async () => {
  api = await startTestApi(LIMITS);
  const { CONFIG } = await import('../config/config.module.js');
  other = await startApp(api.app.get<{ databaseUrl: string }>(CONFIG).databaseUrl, LIMITS);
  one = (await sampleToken(api.database, 'admin', 'one')).token;
  two = (await sampleToken(api.database, 'write', 'two')).token;
});

afterAll(async () => {
  await other.close();
  await api.close();
});

describe('limits per origin', () => {
  it('are of one origin and one kind, and say when to come again', async () => {
    const replay = (token: string): Promise<supertest.Response> =>
      api.http.post('/api/v1/replays').set(bearer(token)).send({}).then();
    const orders = await api.http.post('/api/v1/orders').set(bearer(one)).send({});
    expect(orders.status).toBe(422);
    const statuses = [await replay(one), await replay(one), await replay(one)];
    expect(statuses.map(({ status }) => status)).toEqual([422, 422, 429]);
    const [, , refused] = statuses;
    expect(refused?.body).toMatchObject({ slug: 'rate-limited' });
    const seconds = Number(refused?.headers['retry-after']);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await replay(two)).status).toBe(422);
    await api.http.get('/api/v1/bugs').set(bearer(one)).expect(200);
  });

  it('of a day are counted by all control planes together', async () => {
    const programs = [await sampleProgram(api.database)];
    const start = (http: typeof api.http, token = one): Promise<supertest.Response> =>
      http.post('/api/v1/campaigns').set(bearer(token)).send({ programs, schedules: 1_000 }).then();
    const second = supertest(other.getHttpServer());
    expect((await start(api.http)).status).toBe(201);
    expect((await start(second)).status).toBe(201);
    await eventually(async () => {
      const rows = await api.database.query(`SELECT 1 AS one FROM audit_entry WHERE status = 201`);
      return rows.length === 2;
    });
    for (const http of [api.http, second]) {
      const refused = await start(http);
      expect([refused.status, refused.body]).toMatchObject([429, { slug: 'rate-limited' }]);
      expect(refused.headers['retry-after']).toBe('3600');
    }
    expect((await start(api.http, two)).status).toBe(201);
  });
});
