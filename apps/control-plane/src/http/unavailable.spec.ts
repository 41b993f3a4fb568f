import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import { startApp } from '../../../../test/support/api.js';
import { type OwnPostgres, startOwnPostgres } from '../../../../test/support/own-postgres.js';

let postgres: OwnPostgres | undefined;
let app: NestExpressApplication | undefined;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  app = await startApp(postgres.url);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await postgres?.stop();
}, 60_000);

/** Asks until the answer has this status: sessions of a killed server end a moment later. */
async function until(path: string, status: number): Promise<supertest.Response> {
  for (;;) {
    const response = await supertest((await app?.getUrl()) ?? '').get(path);
    if (response.status === status) return response;
  }
}

describe('without its database', () => {
  it('is live but not ready, and says when to come again; then it recovers', async () => {
    const paths = ['/api/v1/health/ready', '/api/v1/programs', '/api/v1/campaigns', '/'];
    for (const path of paths) await until(path, 200);
    postgres?.kill();
    for (const path of paths) {
      const response = await until(path, 503);
      expect(response.body).toMatchObject({ slug: 'unavailable' });
      expect(response.headers['retry-after']).toBe('2');
    }
    await until('/api/v1/health/live', 200);
    await postgres?.restart();
    for (const path of paths) await until(path, 200);
  }, 60_000);
});
