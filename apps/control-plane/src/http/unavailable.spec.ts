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

describe('without its database', () => {
  it('is live but not ready, and says when to come again; then it recovers', async () => {
    const http = supertest((await app?.getUrl()) ?? '');
    await http.get('/api/v1/health/ready').expect(200);
    await http.get('/api/v1/programs').expect(200);
    postgres?.kill();
    for (const path of ['/api/v1/health/ready', '/api/v1/programs', '/api/v1/campaigns', '/']) {
      const response = await http.get(path);
      expect([path, response.status, response.body]).toMatchObject([
        path,
        503,
        { slug: 'unavailable' },
      ]);
      expect(response.headers['retry-after']).toBe('2');
    }
    await http.get('/api/v1/health/live').expect(200);
    await postgres?.restart();
    await http.get('/api/v1/programs').expect(200);
  }, 60_000);
});
