import { type Campaign, shardJobSchema } from '@lastref/contracts';
import { Database } from '@lastref/storage';
import { join } from 'node:path';
import supertest from 'supertest';
import { type Collector, startCollector } from '../../../../test/support/collector.js';
import {
  createTestDatabase,
  testQueuePrefix,
  testRedisUrl,
  type TestDatabase,
} from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startKeeper } from '../../../../test/support/keeper.mjs';
import { realProgram, storeReal } from '../../../../test/support/real-program.js';
import { startProcess } from '../../../../test/support/start-process.js';

import { createApp } from '../bootstrap.js';
import { readConfig } from '../config/config.js';

const WORKER = join(__dirname, '..', '..', '..', 'worker', 'dist', 'main.js');
const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let server: TestDatabase;
let database: Database;
let collector: Collector;

beforeAll(async () => {
  server = await createTestDatabase();
  database = await Database.open({ url: server.url });
  collector = await startCollector();
});

afterAll(async () => {
  await collector.close();
  await database.close();
  await server.drop();
});

it('a trace leads from the request that starts a campaign to each of its shards', async () => {
  const keeper = startKeeper();
  const environment = {
    DATABASE_URL: server.url,
    REDIS_URL: testRedisUrl(),
    LASTREF_QUEUE_PREFIX: testQueuePrefix(),
    LASTREF_TRACES_URL: collector.url,
    LASTREF_THREADS: '1',
  };
  const config = readConfig({ ...environment, LASTREF_LOG_LEVEL: 'silent', LASTREF_PORT: '0' });
  if (!config.ok) throw new Error(config.message);
  const app = await createApp(config.config);
  const worker = startProcess(environment, keeper, WORKER);
  await app.listen(0, '127.0.0.1');
  await worker.says('the worker is ready');
  const digest = await storeReal(database, realProgram());
  const request = { programs: [digest], schedules: 2048, shardSize: 1024 };
  const answer = await supertest(app.getHttpServer())
    .post('/api/v1/campaigns')
    .set('traceparent', CALLER)
    .send(request);
  const { id } = answer.body as Campaign;
  await eventually(async () => {
    const [row] = await database.query<{ state: string }>(
      'SELECT state FROM campaign WHERE id = $1',
      [id],
    );
    return row?.state === 'done';
  });
  await worker.stop('SIGTERM');
  await app.close();
  await keeper.close();

  const { spans } = collector;
  const post = spans.find(({ name }) => name === 'POST /api/v1/campaigns');
  expect(post).toMatchObject({
    service: 'lastref-control-plane',
    traceId: CALLER.slice(3, 35),
    parentSpanId: CALLER.slice(36, 52),
    attributes: { 'http.response.status_code': 201 },
  });
  const shards = spans.filter(({ name }) => name === 'shard');
  expect(shards).toHaveLength(2);
  for (const shard of shards) {
    expect(shard).toMatchObject({
      service: 'lastref-worker',
      traceId: post?.traceId,
      parentSpanId: post?.spanId,
      attributes: { 'lastref.campaign': id, 'lastref.epoch': 1, 'lastref.claimed': true },
    });
    const parts = spans.filter(({ parentSpanId }) => parentSpanId === shard.spanId);
    expect(parts.map(({ name }) => name)).toEqual(['claim', 'explore', 'complete']);
  }
});

it('a job of an older control plane, which knew of no traces, is a job', () => {
  const { campaign, traceParent, ...older } = shardJobSchema.parse({
    shard: 1,
    delivery: 1,
    program: 'a'.repeat(64),
    address: 'sample/buggy/main',
    strategy: 'rw/1',
    seedFrom: 0,
    count: 1,
    campaign: 1,
    traceParent: null,
  });
  expect([campaign, traceParent]).toEqual([1, null]);
  expect(shardJobSchema.safeParse(older).success).toBe(true);
});
