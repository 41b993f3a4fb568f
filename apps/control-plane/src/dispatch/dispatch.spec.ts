import { ANNOUNCED_LEAST } from '@lastref/queue';
import {
  announceShards,
  cancelCampaign,
  claimShard,
  Database,
  Failpoints,
  findCampaign,
  type StoredPart,
  takeShrinks,
} from '@lastref/storage';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import {
  createTestDatabase,
  testQueuePrefix,
  testRedisUrl,
  type TestDatabase,
} from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/eventually.js';
import { runToTheEnd, sampleBugs } from '../../../../test/support/sample-bugs.js';
import {
  sampleCampaign,
  sampleProgram,
  sampleResult,
  sampleWorker,
  SAMPLE_SEMANTICS,
} from '../../../../test/support/sample-shards.js';
import { type Config, readConfig } from '../config/config.js';
import { DispatchBell } from './bell.js';
import { CampaignCloser } from './campaign-closer.service.js';
import { Feeder } from './feeder.service.js';
import { campaignLedgerDigest } from './ledger.js';
import { queuePlace } from './queue-place.js';
import { closeQueues, type DispatchQueues, openQueues } from './queues.js';
import { Reconciler } from './reconciler.service.js';
import { ShrinkRelay } from './shrink-relay.service.js';

const logger = pino({ level: 'silent' });

let server: TestDatabase;
let db: Database;
let config: Config;
let queues: DispatchQueues;

beforeEach(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
  const result = readConfig({
    DATABASE_URL: server.url,
    REDIS_URL: testRedisUrl(),
    LASTREF_QUEUE_PREFIX: testQueuePrefix(),
  });
  if (!result.ok) throw new Error(result.message);
  // Every row counts as queued for long.
  config = { ...result.config, requeueMs: -1 };
  queues = openQueues(await queuePlace(config, db), logger);
  await sampleWorker(db);
});

afterEach(async () => {
  await closeQueues(queues);
  await db.close();
  await server.drop();
});

const bell = new DispatchBell();
const feeder = (): Feeder => new Feeder(db, queues, new Failpoints());
const reconciler = (): Reconciler => new Reconciler(db, queues, config, logger, bell);

const shardStates = (): Promise<Record<string, unknown>[]> =>
  db.query(`SELECT state::text, deliveries, count(*)::int4 AS shards
              FROM shard GROUP BY state, deliveries ORDER BY deliveries, state`);

const programsQueued = async (): Promise<string[]> =>
  (
    await db.query<{ digest: string }>(
      `SELECT DISTINCT digest FROM shard s JOIN program g ON g.id = s.program_id WHERE state = 'queued'`,
    )
  ).map((row) => row.digest);

describe('feeding', () => {
  it('keeps the least number of jobs announced, however many control planes feed', async () => {
    await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100_000 });
    await Promise.all([feeder().feed(), feeder().feed(), feeder().feed()]);
    await feeder().feed();
    expect(await shardStates()).toEqual([
      { state: 'queued', deliveries: 1, shards: ANNOUNCED_LEAST },
    ]);
  });

  it('carves for live workers only, and is not held up by what none of them can run', async () => {
    const foreign = SAMPLE_SEMANTICS.map((one) => one + 100);
    const old = await sampleProgram(db, 'old', foreign[0]);
    await sampleCampaign(db, [old], { schedules: 100_000 });
    await feeder().feed();
    expect(await shardStates()).toEqual([]);
    const fresh = await sampleProgram(db);
    await sampleCampaign(db, [fresh], { schedules: 300 });
    await feeder().feed();
    expect(await programsQueued()).toEqual([fresh]);
    await sampleWorker(db, foreign);
    await feeder().feed();
    expect((await programsQueued()).sort()).toEqual([fresh, old].sort());
  });

  it('announces nothing of a cancelled campaign', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)]);
    await cancelCampaign(db, campaign);
    await feeder().feed();
    expect(await shardStates()).toEqual([]);
  });
});

describe('reconciling', () => {
  it('gives back rows without a job, and leaves those that have one', async () => {
    await sampleCampaign(db, [await sampleProgram(db)], { schedules: 200 });
    const died = new Error('died before adding the jobs');
    const dying = new Failpoints('feeder-before-add', () => {
      throw died;
    });
    await expect(new Feeder(db, queues, dying).feed()).rejects.toBe(died);
    await reconciler().findLost();
    expect(await shardStates()).toEqual([{ state: 'pending', deliveries: 1, shards: 2 }]);
    await feeder().feed();
    await reconciler().findLost();
    expect(await shardStates()).toEqual([{ state: 'queued', deliveries: 2, shards: 2 }]);
  });

  it('sends a shrink again whose job is gone', async () => {
    await sampleBugs(db);
    await db.query(`UPDATE outbox SET state = 'sent', sent_at = now()`);
    await reconciler().findLost();
    expect(await takeShrinks(db, 10)).toHaveLength(2);
    await db.query(`UPDATE outbox SET state = 'waiting'`);
    await new ShrinkRelay(db, queues).relay();
    await reconciler().findLost();
    expect(await takeShrinks(db, 10)).toEqual([]);
  });
});

describe('a lease that expired', () => {
  const worker = randomUUID();
  const claim = (shard: number, leaseMs: number): ReturnType<typeof claimShard> =>
    claimShard(db, { shard, worker, leaseMs, semantics: SAMPLE_SEMANTICS, alone: false });

  it('is announced at once, before what nobody has begun, however full the queue is', async () => {
    await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100_000 });
    await feeder().feed();
    const [last] = await db.query<{ id: number }>(`SELECT max(id) AS id FROM shard`);
    await claim(last?.id ?? 0, 1);
    await feeder().feed();
    let rang = false;
    bell.onRing(() => {
      rang = true;
    });
    await eventually(async () => {
      await reconciler().sweep();
      return rang;
    });
    const [job, ...others] = await announceShards(db, ANNOUNCED_LEAST, SAMPLE_SEMANTICS);
    expect([job, others]).toMatchObject([{ shard: last?.id, again: true }, []]);
  });

  it('is swept while Redis is away', async () => {
    await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 });
    await feeder().feed();
    const [row] = await db.query<{ id: number }>(`SELECT id FROM shard`);
    await claim(row?.id ?? 0, 1);
    await closeQueues(queues);
    const one = reconciler();
    await eventually(async () => {
      await one.findLost().catch(() => undefined);
      await one.sweep();
      const [shard] = await shardStates();
      return shard?.['state'] === 'pending';
    });
    queues = openQueues(await queuePlace(config, db), logger);
  });
});

describe('closing', () => {
  it('ends a campaign with the ledger of its parts', async () => {
    const program = await sampleProgram(db);
    const campaign = await sampleCampaign(db, [program], { shardSize: 130 });
    const closer = new CampaignCloser(db, logger);
    await closer.close();
    expect((await findCampaign(db, campaign))?.state).toBe('running');
    await runToTheEnd(db, campaign);
    await Promise.all([closer.close(), closer.close()]);
    const { totals } = sampleResult(0, 1_000);
    const whole = { program, address: 'sample/buggy/main', strategy: 'rw/1', round: 0, totals };
    const ledger = campaignLedgerDigest([{ ...whole, seedFrom: 0, seedEnd: 1_000 }]);
    expect(await findCampaign(db, campaign)).toMatchObject({ state: 'done', ledgerDigest: ledger });
  });

  it('merges rounds of one program and strategy', () => {
    const part = (round: number, seedFrom: number, count: number): StoredPart => ({
      program: 'a',
      address: 'sample/buggy/main',
      strategy: 'rw/1',
      round,
      seedFrom,
      seedEnd: seedFrom + count,
      totals: sampleResult(seedFrom, count).totals,
    });
    const whole = campaignLedgerDigest([part(0, 0, 1_000)]);
    expect(campaignLedgerDigest([part(0, 0, 300), part(1, 300, 700)])).toBe(whole);
    expect(campaignLedgerDigest([part(0, 0, 300)])).not.toBe(whole);
  });
});
