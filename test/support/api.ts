/**
 * The control plane for a spec: the real application on a database of its own, on a free port; requests
 * go through supertest. `close` stops all of it, also after a failed start.
 *
 *   let api: TestApi;
 *   beforeAll(async () => { api = await startTestApi(); });
 *   afterAll(async () => { await api.close(); });
 */
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Environment } from '@lastref/contracts';
import { Database } from '@lastref/storage';
import supertest from 'supertest';
import { createApp } from '../../apps/control-plane/src/bootstrap.js';
import { readConfig } from '../../apps/control-plane/src/config/config.js';
import { createTestDatabase, testQueuePrefix, testRedisUrl } from './database.js';

export interface TestApi {
  readonly app: NestExpressApplication;
  readonly database: Database;
  readonly http: ReturnType<typeof supertest>;
  readonly close: () => Promise<void>;
}

export async function startTestApi(environment: Environment = {}): Promise<TestApi> {
  const server = await createTestDatabase();
  const database = await Database.open({ url: server.url });
  const app = await startApp(server.url, environment);
  return {
    app,
    database,
    http: supertest(app.getHttpServer()),
    close: async () => {
      await app.close();
      await database.close();
      await server.drop();
    },
  };
}

/** Specs ask more in a minute than anybody does; the one of the limits sets its own. */
const NO_LIMITS = {
  LASTREF_PROGRAMS_PER_MINUTE: '0',
  LASTREF_CAMPAIGNS_PER_MINUTE: '0',
  LASTREF_REPLAYS_PER_MINUTE: '0',
  LASTREF_OPERATIONS_PER_MINUTE: '0',
};

/** The application alone, on whatever servers: for specs that stop their own. */
export async function startApp(
  databaseUrl: string,
  environment: Environment = {},
): Promise<NestExpressApplication> {
  const result = readConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: testRedisUrl(),
    LASTREF_QUEUE_PREFIX: testQueuePrefix(),
    LASTREF_LOG_LEVEL: 'silent',
    LASTREF_PORT: '0',
    ...NO_LIMITS,
    ...environment,
  });
  if (!result.ok) throw new Error(result.message);
  const app = await createApp(result.config);
  try {
    await app.listen(0, '127.0.0.1');
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}
