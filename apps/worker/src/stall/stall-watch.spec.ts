import { type ShardJob, shardJobSchema, type ShrinkJob } from '@lastref/contracts';
import {
  type Consumer,
  createConsumer,
  installationPrefix,
  shardSender,
  shrinkSender,
} from '@lastref/queue';
import { Database, readInstallation } from '@lastref/storage';
import { Queue } from 'bullmq';
import { join } from 'node:path';
import {
  createTestDatabase,
  testQueuePrefix,
  testRedisUrl,
  type TestDatabase,
} from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startKeeper } from '../../../../test/support/keeper.mjs';
import { startProcess } from '../../../../test/support/start-process.js';
import { Activity } from './activity.js';
import { StallWatch, type StallWatchOptions } from './stall-watch.js';

const MAIN = join(__dirname, '..', '..', 'dist', 'main.js');
const STALL_MS = 300;
const ignore = (): void => undefined;

const shard: ShardJob = {
  shard: 1,
  delivery: 1,
  program: 'a'.repeat(64),
  address: 'sample/buggy/main',
  strategy: 'rw/1',
  seedFrom: 0,
  count: 10,
  alone: false,
  again: false,
  audit: false,
};
const shrink: ShrinkJob = {
  outbox: 1,
  delivery: 1,
  bug: 1,
  program: 'a'.repeat(64),
  address: 'sample/buggy/main',
  signature: 'deadlock@a(x)+b(y)',
};

let server: TestDatabase;
let redis: { url: string; prefix: string };
let watches: StallWatch[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
});
beforeEach(() => {
  redis = { url: testRedisUrl(), prefix: testQueuePrefix() };
});
afterEach(async () => {
  await Promise.all(watches.map((watch) => watch.stop()));
  watches = [];
});
afterAll(async () => {
  await server.drop();
});

/** The messages of stalls so far. */
function begin(activity: Activity, options: Partial<StallWatchOptions> = {}): string[] {
  const messages: string[] = [];
  const watch = new StallWatch({
    activity,
    redis,
    databaseUrl: server.url,
    stallMs: STALL_MS,
    onStall: (message) => messages.push(message),
    ...options,
  });
  watch.start();
  watches.push(watch);
  return messages;
}

async function send(queue: 'explore' | 'shrink', delivery = 1): Promise<void> {
  const shards = shardSender(redis, ignore);
  const shrinks = shrinkSender(redis, ignore);
  if (queue === 'explore') await shards.send([{ ...shard, delivery }]);
  else await shrinks.send([shrink]);
  await Promise.all([shards.close(), shrinks.close()]);
}

async function onQueue(work: (queue: Queue) => Promise<unknown>): Promise<void> {
  const queue = new Queue('explore', { prefix: redis.prefix, connection: { url: redis.url } });
  await work(queue);
  await queue.close();
}

describe('a worker that begins nothing', () => {
  it.each(['explore', 'shrink'] as const)('is stuck while jobs wait in %s', async (queue) => {
    const messages = begin(new Activity());
    await send(queue);
    const [message] = await eventually(() => Promise.resolve(messages.length > 0 && messages));
    expect(message).toMatch(/began nothing for \d+ ms while 1 jobs wait/);
  });

  it('is not at fault where the database is away, and is not stuck while it works', async () => {
    const working = new Activity();
    let end = ignore;
    const work = working.during(new Promise<void>((resolve) => (end = resolve)));
    const seen = [
      begin(working),
      begin(new Activity(), { databaseUrl: 'postgresql://127.0.0.1:1/nowhere' }),
      begin(new Activity()),
    ] as const;
    await send('explore');
    await eventually(() => Promise.resolve(seen[2].length > 1));
    end();
    await work;
    expect([seen[0], seen[1]]).toEqual([[], []]);
  });

  it('is not stuck while the queue is paused', async () => {
    await onQueue((queue) => queue.pause());
    const paused = begin(new Activity());
    await send('explore');
    redis = { ...redis, prefix: testQueuePrefix() };
    const running = begin(new Activity());
    await send('explore');
    await eventually(() => Promise.resolve(running.length > 1));
    expect(paused).toEqual([]);
  });
});

describe('the process of a worker that takes no job', () => {
  const keeper = startKeeper();
  let other: Consumer | undefined;

  afterAll(async () => {
    await keeper.close();
  });

  it('ends with a message and a code that has it started again', async () => {
    const { prefix } = redis;
    const database = await Database.open({ url: server.url });
    redis = { ...redis, prefix: installationPrefix(prefix, await readInstallation(database)) };
    await database.close();
    let end = ignore;
    const held = new Promise<void>((resolve) => (end = resolve));
    const taken = new Promise<void>((resolve) => {
      const handle = (): Promise<void> => {
        resolve();
        return held;
      };
      const options = { queue: 'explore', redis, concurrency: 1, onError: ignore } as const;
      other = createConsumer({ ...options, schema: shardJobSchema, handle });
    });
    other?.start();
    await send('explore');
    await taken;
    await onQueue((queue) => queue.setGlobalConcurrency(1));
    await send('explore', 2);
    const worker = startProcess(
      {
        DATABASE_URL: server.url,
        REDIS_URL: redis.url,
        LASTREF_QUEUE_PREFIX: prefix,
        LASTREF_STALL_MS: '500',
        LASTREF_THREADS: '1',
      },
      keeper,
      MAIN,
    );
    await worker.says('lastref worker: began nothing for');
    expect(await worker.ended).toBe(1);
    end();
    await other?.close();
  });
});
