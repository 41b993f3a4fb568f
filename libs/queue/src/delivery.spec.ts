import { shardJobSchema, type ShardJob } from '@lastref/contracts';
import { testQueuePrefix, testRedisUrl } from '../../../test/support/database.js';
import { createConsumer, type Consumer } from './consumer.js';
import { shardSender } from './senders.js';

const errors: Error[] = [];
const onError = (error: Error): void => void errors.push(error);
const jobOf = (shard: number, delivery = 1): ShardJob => ({
  shard,
  delivery,
  program: 'a'.repeat(64),
  address: 'sample/buggy',
  strategy: 'rw/1',
  seedFrom: 0,
  count: 10,
  alone: false,
  again: false,
  audit: false,
});

let redis: { url: string; prefix: string };
let consumer: Consumer | undefined;

beforeEach(() => {
  redis = { url: testRedisUrl(), prefix: testQueuePrefix() };
  errors.length = 0;
});

afterEach(async () => {
  await consumer?.close();
  consumer = undefined;
});

function consume(handle: (job: ShardJob) => Promise<void>): void {
  consumer = createConsumer({
    queue: 'explore',
    redis,
    schema: shardJobSchema,
    concurrency: 1,
    handle,
    onError,
  });
  consumer.start();
}

describe('delivery', () => {
  it('brings every job once and then knows it as ended', async () => {
    const sender = shardSender(redis, onError);
    await sender.send([jobOf(1), jobOf(2), jobOf(1)]);
    const deliveries = [
      { id: 1, delivery: 1 },
      { id: 2, delivery: 1 },
      { id: 3, delivery: 1 },
    ];
    expect(await sender.lost(deliveries)).toEqual([{ id: 3, delivery: 1 }]);
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      consume((job) => {
        seen.push(job.shard);
        if (seen.length === 2) resolve();
        return Promise.resolve();
      });
    });
    await consumer?.close();
    expect(seen).toEqual([1, 2]);
    expect(await sender.lost(deliveries)).toEqual(deliveries);
    await sender.close();
  });

  it('brings a job again when its handler fails', async () => {
    const sender = shardSender(redis, onError);
    await sender.send([jobOf(7)]);
    let attempts = 0;
    await new Promise<void>((resolve) => {
      consume(() => {
        attempts += 1;
        if (attempts === 1) return Promise.reject(new Error('the database is away'));
        resolve();
        return Promise.resolve();
      });
    });
    expect(attempts).toBe(2);
    expect(errors.map((error) => error.message)).toContain('the database is away');
    await sender.close();
  });
});
