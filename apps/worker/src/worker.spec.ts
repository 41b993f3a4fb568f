import { auditSender, shardSender, shrinkSender } from '@lastref/queue';
import {
  announceAudits,
  announceShards,
  cancelCampaign,
  Database,
  Failpoints,
  feedShards,
  listBugs,
  listCampaignsToClose,
  listMissingRanges,
  listParts,
  listReproductions,
  listWorkers,
  LOST_BEFORE_ALONE,
  takeShrinks,
} from '@lastref/storage';
import { NO_TRACING } from '@lastref/tracing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import {
  createTestDatabase,
  testQueuePrefix,
  testRedisUrl,
  type TestDatabase,
} from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
} from '../../../test/support/sample-shards.js';
import { Control } from './threads/control.js';
import type { Engine } from './threads/engine.js';
import type { Answer, ExploreOrder, ShrinkOrder } from './threads/messages.js';
import { Worker } from './worker.js';

const LEASE_MS = 300;

/** Answers at once with what the samples say; the real engine has its own specs. */
class SampleEngine implements Engine {
  /** What shrinks were to start from. */
  readonly starts: (string | null)[] = [];

  explore(order: ExploreOrder): Promise<Answer> {
    return Promise.resolve({
      kind: 'explored',
      result: sampleResult(order.seedFrom, order.count),
    });
  }

  shrink({ start }: ShrinkOrder): Promise<Answer> {
    this.starts.push(start);
    return Promise.resolve({
      kind: 'shrunk',
      bug: {
        grade: 'minimum (proved)',
        cost: { events: 0, preemptions: 1, switches: 1, steps: 9 },
        schedule: '0101',
        traceDigest: 'e'.repeat(64),
        certificate: '{}',
      },
    });
  }

  search(): Promise<Answer> {
    return Promise.resolve({ kind: 'refused', message: 'the samples search nothing' });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class FailingEngine extends SampleEngine {
  override explore(): Promise<Answer> {
    return Promise.resolve({ kind: 'failed', message: 'the thread died' });
  }
}

/** Remembers how many ranges ran at a time. */
class CountingEngine extends SampleEngine {
  most = 0;
  private running = 0;

  override async explore(order: ExploreOrder): Promise<Answer> {
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    await pause(5);
    this.running -= 1;
    return super.explore(order);
  }
}

/** Counts the ranges that were to be run aside. */
class AsideEngine extends SampleEngine {
  aside = 0;

  override explore(order: ExploreOrder): Promise<Answer> {
    if (order.aside) this.aside += 1;
    return super.explore(order);
  }
}

/** Makes progress until it is told to stop. */
class EndlessEngine extends SampleEngine {
  override async explore(order: ExploreOrder): Promise<Answer> {
    const control = new Control(order.control);
    while (!control.cancelled) {
      control.advance(1);
      await pause(5);
    }
    return { kind: 'cancelled' };
  }
}

let server: TestDatabase;
let db: Database;
let redis: { url: string; prefix: string };
let worker: Worker | undefined;
let stopDispatch: () => Promise<void>;

/** Plays the control plane: feeds and relays until the test ends. */
function dispatch(): () => Promise<void> {
  const onError = (): void => undefined;
  const shards = shardSender(redis, onError);
  const shrinks = shrinkSender(redis, onError);
  const audits = auditSender(redis, onError);
  const stopping = new AbortController();
  const loop = (async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await feedShards(db, 8, SAMPLE_SEMANTICS);
      await shards.send(await announceShards(db, 8, SAMPLE_SEMANTICS));
      await shrinks.send(await takeShrinks(db, 8));
      await audits.send(await announceAudits(db, 8, SAMPLE_SEMANTICS));
      await pause(10);
    }
  })();
  return async () => {
    stopping.abort();
    await loop;
    await Promise.all([shards.close(), shrinks.close(), audits.close()]);
  };
}

async function startWorker(engine: Engine, audited = 0): Promise<string> {
  const id = randomUUID();
  const identity = {
    id,
    host: 'test',
    pid: 1,
    threads: 2,
    semantics: SAMPLE_SEMANTICS,
    version: 'test',
  };
  worker = new Worker({
    identity,
    db,
    redis,
    engine,
    leaseMs: LEASE_MS,
    audited,
    searchBytes: 1_000_000,
    failpoints: new Failpoints(),
    logger: pino({ level: 'silent' }),
    tracing: NO_TRACING,
  });
  await worker.start();
  return id;
}

const stateCount = async (campaign: number, state: string): Promise<number> =>
  (
    await db.query(`SELECT id FROM shard WHERE campaign_id = $1 AND state = $2::shard_state`, [
      campaign,
      state,
    ])
  ).length;

const ready = (campaign: number): Promise<boolean> =>
  eventually(async () => (await listCampaignsToClose(db)).includes(campaign));

beforeEach(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
  redis = { url: testRedisUrl(), prefix: testQueuePrefix() };
  stopDispatch = dispatch();
});

afterEach(async () => {
  await stopDispatch();
  await worker?.stop();
  worker = undefined;
  await db.close();
  await server.drop();
});

describe('a worker', () => {
  it('takes a campaign from shards to totals, and its bugs to reproductions', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)], { shardSize: 77 });
    const engine = new SampleEngine();
    const id = await startWorker(engine);
    await ready(campaign);
    const [part] = await listParts(db, campaign);
    const { totals } = sampleResult(0, 1_000);
    expect(
      part?.totals.signatures.map(({ signature, count, lanes }) => [signature, count, lanes]),
    ).toEqual(totals.signatures.map(({ signature, count, lanes }) => [signature, count, lanes]));
    const reproductions = await eventually(async () => {
      const rows = await listReproductions(db, { limit: 10 });
      return rows.length === 2 && rows;
    });
    expect(new Set(reproductions.map((row) => row.grade))).toEqual(new Set(['minimum (proved)']));
    // The samples keep seeds of the failure, each with itself as its schedule, and none of the report.
    const start = engine.starts.find((given) => given !== null);
    expect(parseInt(start ?? '', 36) % 10).toBe(0);
    expect(engine.starts).toContain(null);
    const bugs = await listBugs(db, { limit: 10 });
    expect(bugs.every((bug) => bug.reproduction?.schedule === '0101')).toBe(true);
    const [listed] = await listWorkers(db, { limit: 1 });
    expect(listed).toMatchObject({ id, alive: true });
  });

  it('reports failures until the shard is quarantined, and goes on with the others', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)], { schedules: 300 });
    await startWorker(new FailingEngine());
    await ready(campaign);
    const missing = await listMissingRanges(db, campaign, 10);
    expect(missing.map((range) => range.seedFrom)).toEqual([0, 100, 200]);
    expect(missing[0]?.messages).toEqual(Array.from({ length: 3 }, () => 'the thread died'));
  });

  it.each([
    [2, 0],
    [1, LOST_BEFORE_ALONE],
  ])('runs %d shards at a time that have lost %d leases', async (most, lost) => {
    await db.query(`ALTER TABLE shard ALTER COLUMN lost_leases SET DEFAULT ${lost}`);
    const campaign = await sampleCampaign(db, [await sampleProgram(db)]);
    const engine = new CountingEngine();
    await startWorker(engine);
    await ready(campaign);
    expect(engine.most).toBe(most);
  });

  it('renews while its threads make progress, and stops them when the campaign is cancelled', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)]);
    await startWorker(new EndlessEngine());
    await eventually(async () => (await stateCount(campaign, 'leased')) === 2);
    const expiries = async (): Promise<number> =>
      (
        await db.query<{ late: number }>(
          `SELECT max(extract(epoch FROM lease_expires_at) * 1000)::int8 AS late FROM shard`,
        )
      )[0]?.late ?? 0;
    const first = await expiries();
    await eventually(async () => (await expiries()) > first + LEASE_MS);
    await cancelCampaign(db, campaign);
    const next = await sampleCampaign(db, [await sampleProgram(db)]);
    await eventually(async () => (await stateCount(next, 'leased')) === 2);
  });

  it('alone runs its shards again aside, and counts none of them twice', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)]);
    const engine = new AsideEngine();
    await startWorker(engine, 1);
    await eventually(() => Promise.resolve(engine.aside === 10));
    const places = (): Promise<unknown[]> =>
      db.query(`SELECT place, state, count(*)::int4 AS audits FROM shard_audit GROUP BY 1, 2`);
    const all = { place: 'another thread', state: 'equal', audits: 10 };
    await eventually(async () => JSON.stringify(await places()) === JSON.stringify([all]));
    const [part] = await listParts(db, campaign);
    expect(part?.totals.schedules).toBe(1_000);
  });

  it('gives its leases back when it stops', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)], { schedules: 200 });
    const id = await startWorker(new EndlessEngine());
    await eventually(async () => (await stateCount(campaign, 'leased')) === 2);
    await worker?.stop();
    worker = undefined;
    expect(await stateCount(campaign, 'leased')).toBe(0);
    const attempts = await db.query(`SELECT DISTINCT outcome::text FROM shard_attempt`);
    expect(attempts).toEqual([{ outcome: 'released' }]);
    const [listed] = await listWorkers(db, { limit: 1 });
    expect(listed).toMatchObject({ id, alive: false });
  });
});
