/** What happens to nightlies by itself, with three control planes that sweep at once. */
import { randomUUID } from 'node:crypto';
import { parseProgram, type Program } from '@lastref/kernel';
import {
  cancelCampaign,
  claimShard,
  completeShard,
  Database,
  feedShards,
  findCampaign,
  findNightly,
  listIncidents,
  listParts,
} from '@lastref/storage';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { workOff } from '../../../../test/support/engine-rounds.js';
import {
  letBeDue,
  nightRows,
  type NightRow,
  sampleNightly,
} from '../../../../test/support/nights.js';
import { realProgram, storeReal } from '../../../../test/support/real-program.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import {
  SAMPLE_SEMANTICS,
  sampleCampaign,
  sampleProgram,
  sampleResult,
} from '../../../../test/support/sample-shards.js';
import { DispatchBell } from '../dispatch/bell.js';
import { CampaignCloser } from '../dispatch/campaign-closer.service.js';
import { RoundOpener } from '../dispatch/round-opener.service.js';
import { CanaryStore } from './canaries/canary-store.js';
import { canaryProgram, FAILS, HOLDS } from './canaries/programs.js';
import { NightlySweeper } from './nightly-sweeper.service.js';

const WORKER = '00000000-0000-4000-8000-00000000000e';
const LONG_MS = 120_000;
const SILENT = pino({ level: 'silent' });

let server: TestDatabase;
let planes: { db: Database; sweeper: NightlySweeper }[];
let db: Database;
let closer: CampaignCloser;

beforeAll(async () => {
  server = await createTestDatabase();
  planes = await Promise.all(
    [1, 2, 3].map(async () => {
      const own = await Database.open({ url: server.url });
      const canaries = new CanaryStore(own);
      return { db: own, sweeper: new NightlySweeper(own, canaries, new DispatchBell(), SILENT) };
    }),
  );
  const [first] = planes;
  if (first === undefined) throw new Error('no control plane');
  db = first.db;
  closer = new CampaignCloser(db, SILENT);
});

afterEach(async () => {
  for (const { id } of await running()) await cancelCampaign(db, id);
});

afterAll(async () => {
  await Promise.all(planes.map((plane) => plane.db.close()));
  await server.drop();
});

const running = (): Promise<{ id: number }[]> =>
  db.query<{ id: number }>(`SELECT id FROM campaign WHERE state = 'running' ORDER BY id`);

const sweep = async (): Promise<void> => {
  await Promise.all(planes.map(({ sweeper }) => sweeper.sweep()));
};

/** A scenario of its own with one program. */
async function scenario(): Promise<string> {
  const name = `s${randomUUID().slice(0, 8)}`;
  await sampleProgram(db, name);
  return name;
}

async function sweepDue(nightly: number, ago?: string): Promise<NightRow[]> {
  await letBeDue(db, nightly, ago);
  await sweep();
  return nightRows(db, nightly);
}

async function lastNight(nightly: number): Promise<{ campaign: number; canaries: number }> {
  const { campaign, canaries } = (await nightRows(db, nightly)).at(-1) ?? {};
  if (typeof campaign !== 'number' || typeof canaries !== 'number') throw new Error('no night');
  return { campaign, canaries };
}

/** One night to its end, failing as often as is said, and its review. */
async function night(nightly: number, every: number): Promise<number> {
  await sweepDue(nightly);
  const { campaign } = await lastNight(nightly);
  await runToTheEnd(db, campaign, every);
  await closer.close();
  await sweep();
  return campaign;
}

const rangesOf = async (campaign: number): Promise<[string, number, number][]> =>
  (await listParts(db, campaign)).map(({ strategy, seedFrom, seedEnd }) => [
    strategy,
    seedFrom,
    seedEnd,
  ]);

const announced = async (kind: string): Promise<{ subject: string; detail: string }[]> =>
  db.query(`SELECT subject, detail FROM announcement WHERE kind::text = $1 ORDER BY id`, [kind]);

describe('a nightly that is due', () => {
  it(
    'starts one campaign and one of its canaries, 50 times, whoever sweeps',
    async () => {
      const name = await scenario();
      for (let turn = 0; turn < 50; turn += 1) {
        const nightly = await sampleNightly(db, { programs: [name] });
        const ticks = await sweepDue(nightly);
        expect(ticks).toMatchObject([{ state: 'started', canary: 'waiting' }]);
        const campaigns = await running();
        expect(campaigns.map(({ id }) => id)).toEqual([ticks[0]?.campaign, ticks[0]?.canaries]);
        for (const { id } of campaigns) await cancelCampaign(db, id);
      }
    },
    LONG_MS,
  );

  it('is due next after now', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()], cron: '0 * * * *' });
    await sweepDue(nightly);
    const [row] = await db.query<{ right: boolean }>(
      `SELECT next_due_at = date_trunc('hour', now()) + interval '1 hour' AS right
         FROM nightly WHERE id = $1`,
      [nightly],
    );
    expect(row?.right).toBe(true);
  });

  it('starts the latest of several due times only; the others are missed', async () => {
    const nightly = await sampleNightly(db, {
      programs: [await scenario()],
      cron: '* * * * *',
    });
    const ticks = await sweepDue(nightly, '5 minutes');
    expect(ticks.map(({ state }) => state)).toEqual([
      'missed',
      'missed',
      'missed',
      'missed',
      'started',
    ]);
  });

  it('is missed past its catch-up window', async () => {
    const programs = [await scenario()];
    const late = await sampleNightly(db, { programs, catchUpMinutes: 60 });
    expect(await sweepDue(late, '61 minutes')).toMatchObject([{ state: 'missed', campaign: null }]);
    const inTime = await sampleNightly(db, { programs, catchUpMinutes: 60 });
    expect(await sweepDue(inTime, '59 minutes')).toMatchObject([{ state: 'started' }]);
  });

  it('runs what is stored now under its names, each program once', async () => {
    const name = await scenario();
    const newest = await sampleProgram(db, name);
    const nightly = await sampleNightly(db, { programs: [name, `${name}/buggy/main`] });
    await sweepDue(nightly);
    const { campaign } = await lastNight(nightly);
    expect((await listParts(db, campaign)).map(({ program }) => program)).toEqual([newest]);
  });

  it('has failed where there is no room, and that is told', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    const program = await sampleProgram(db);
    for (let turn = 0; turn < 49; turn += 1) await sampleCampaign(db, [program]);
    expect(await sweepDue(nightly)).toMatchObject([{ state: 'failed', campaign: null }]);
    expect((await running()).length).toBe(49);
    const told = (await announced('late-campaign')).at(-1);
    expect(told?.detail).toMatch(/did not start: 50 campaigns run already/);
  });

  it('does nothing while it is paused or after it was removed', async () => {
    const programs = [await scenario()];
    const paused = await sampleNightly(db, { programs });
    await db.query(`UPDATE nightly SET paused = true WHERE id = $1`, [paused]);
    const removed = await sampleNightly(db, { programs });
    await db.query(`UPDATE nightly SET removed_at = now() WHERE id = $1`, [removed]);
    expect(await sweepDue(paused)).toEqual([]);
    expect(await sweepDue(removed)).toEqual([]);
  });
});

describe('a due time while the night before runs', () => {
  it('is skipped', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    await sweepDue(nightly);
    expect(await sweepDue(nightly)).toMatchObject([{ state: 'started' }, { state: 'skipped' }]);
  });

  it('waits for its end, one at most', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()], overlap: 'queue' });
    await sweepDue(nightly);
    const { campaign } = await lastNight(nightly);
    await sweepDue(nightly);
    expect((await sweepDue(nightly)).map(({ state }) => state)).toEqual([
      'started',
      'queued',
      'skipped',
    ]);
    await runToTheEnd(db, campaign);
    await closer.close();
    await sweep();
    const states = (await nightRows(db, nightly)).map(({ state }) => state);
    expect(states).toEqual(['started', 'started', 'skipped']);
  });

  it('replaces it at a boundary of shards: what is leased counts, what waits runs in the next', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()], overlap: 'replace' });
    await sweepDue(nightly);
    const old = await lastNight(nightly);
    await cancelCampaign(db, old.canaries);
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    const [first] = await db.query<{ id: number }>(
      `SELECT id FROM shard WHERE campaign_id = $1 ORDER BY seed_from LIMIT 1`,
      [old.campaign],
    );
    const shard = first?.id ?? 0;
    const order = { shard, worker: WORKER, leaseMs: 60_000, alone: false };
    const claim = await claimShard(db, { ...order, semantics: SAMPLE_SEMANTICS });
    await sweepDue(nightly);
    const next = await lastNight(nightly);
    expect(next.campaign).toBeGreaterThan(old.campaign);
    expect(await rangesOf(next.campaign)).toEqual([['rw/1', 100, 1_100]]);
    const completion = { shard, epoch: claim?.epoch ?? 0, worker: WORKER };
    const result = sampleResult(0, 100);
    expect(await completeShard(db, { ...completion, result })).toBe('counted');
    await closer.close();
    const ended = await findCampaign(db, old.campaign);
    expect(ended).toMatchObject({ state: 'cancelled', executed: 100, shardsDone: 1 });
    expect(ended?.ledgerDigest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the seeds of a nightly', () => {
  it('go on where the last night ended, and where a cancelled one was left', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    expect(await rangesOf(await night(nightly, 10))).toEqual([['rw/1', 0, 1_000]]);
    expect(await rangesOf(await night(nightly, 10))).toEqual([['rw/1', 1_000, 2_000]]);
    await sweepDue(nightly);
    const { campaign } = await lastNight(nightly);
    await cancelCampaign(db, campaign);
    expect(await rangesOf(await night(nightly, 10))).toEqual([['rw/1', 2_000, 3_000]]);
  });

  it(
    'go on for each strategy of a portfolio by itself',
    async () => {
      const program = realProgram();
      await storeReal(db, program);
      const settings = { programs: ['nbd/buggy/main'], strategy: 'portfolio', schedules: 3_000 };
      const nightly = await sampleNightly(db, settings);
      const opener = new RoundOpener(db);
      const all: [string, number, number][] = [];
      for (let turn = 0; turn < 2; turn += 1) {
        await sweepDue(nightly);
        const { campaign, canaries } = await lastNight(nightly);
        await cancelCampaign(db, canaries);
        while ((await findCampaign(db, campaign))?.state === 'running') {
          await feedShards(db, 1_000, SAMPLE_SEMANTICS);
          await workOff(db, campaign, [program], 1);
          await opener.advance();
          await closer.close();
        }
        all.push(...(await rangesOf(campaign)));
      }
      const strategies = new Set(all.map(([strategy]) => strategy));
      expect(strategies.size).toBe(9);
      expect(all.length).toBeGreaterThan(30);
      for (const strategy of strategies) {
        const ranges = all.filter(([name]) => name === strategy);
        expect(ranges.map(([, from]) => from)).toEqual([
          0,
          ...ranges.slice(0, -1).map(([, , end]) => end),
        ]);
      }
    },
    LONG_MS,
  );
});

describe('the canaries of a night', () => {
  const programs = (): Program[] =>
    [FAILS, HOLDS].map((address) => {
      const parsed = parseProgram(JSON.parse(canaryProgram(address).bytes));
      if (!parsed.ok) throw new Error('the canary is no program');
      return parsed.program;
    });

  const incidentsOf = async (campaign: number): Promise<string[]> =>
    (await listIncidents(db, { limit: 100 }))
      .filter((incident) => incident.campaign === campaign)
      .map(({ kind }) => kind);

  it('hold when they are worked off by the engine', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    await sweepDue(nightly);
    const { canaries } = await lastNight(nightly);
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    await workOff(db, canaries, programs(), 1);
    await closer.close();
    await sweep();
    expect(await nightRows(db, nightly)).toMatchObject([{ canary: 'held' }]);
    expect(await incidentsOf(canaries)).toEqual([]);
  });

  it('are an incident when they answer otherwise, once, and announced', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    await sweepDue(nightly);
    const { canaries } = await lastNight(nightly);
    await runToTheEnd(db, canaries);
    await closer.close();
    await sweep();
    await sweep();
    expect(await nightRows(db, nightly)).toMatchObject([{ canary: 'surprise' }]);
    expect(await incidentsOf(canaries)).toEqual(['canary-surprise']);
    expect((await announced('canary')).at(-1)?.detail).toMatch(/canary\/holds\/main must not fail/);
  });

  it('are an incident when they are not there in time, and are judged all the same', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    await sweepDue(nightly);
    const { canaries } = await lastNight(nightly);
    await db.query(`UPDATE tick SET canary_deadline_at = now() WHERE nightly_id = $1`, [nightly]);
    await sweep();
    await sweep();
    expect(await incidentsOf(canaries)).toEqual(['canary-late']);
    expect((await announced('canary')).at(-1)?.detail).toMatch(/have not ended in time/);
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    await workOff(db, canaries, programs(), 1);
    await closer.close();
    await sweep();
    expect(await nightRows(db, nightly)).toMatchObject([{ canary: 'held' }]);
    expect(await incidentsOf(canaries)).toEqual(['canary-late']);
  });

  it('are not judged when their campaign was cancelled', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    await sweepDue(nightly);
    const { canaries } = await lastNight(nightly);
    await cancelCampaign(db, canaries);
    await sweep();
    expect(await nightRows(db, nightly)).toMatchObject([{ canary: 'unjudged' }]);
    expect(await incidentsOf(canaries)).toEqual([]);
  });
});

describe('a night that is late', () => {
  it('is announced once', async () => {
    const nightly = await sampleNightly(db, { programs: [await scenario()] });
    await sweepDue(nightly);
    const before = (await announced('late-campaign')).length;
    await sweep();
    expect(await announced('late-campaign')).toHaveLength(before);
    await db.query(`UPDATE tick SET deadline_at = now() WHERE nightly_id = $1`, [nightly]);
    await sweep();
    await sweep();
    const told = (await announced('late-campaign')).slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]?.detail).toMatch(/still runs past its deadline/);
  });

  it('is called late when the next is due, where no deadline was set', async () => {
    const settings = { programs: [await scenario()], deadlineMinutes: null, cron: '0 0 1 1 *' };
    const nightly = await sampleNightly(db, settings);
    await sweepDue(nightly);
    const [row] = await db.query<{ deadline: Date }>(
      `SELECT deadline_at AS deadline FROM tick WHERE nightly_id = $1`,
      [nightly],
    );
    expect(row?.deadline).toEqual((await findNightly(db, nightly))?.nextDueAt);
  });
});

describe('a bug over the nights', () => {
  const NEVER = 2 ** 50;

  interface History {
    kind: string;
    campaign: number;
  }
  const stateOf = async (name: string): Promise<{ state: string; history: History[] }> => {
    const [bug] = await db.query<{ id: number; state: string }>(
      `SELECT b.id, b.state::text FROM bug b JOIN signature s ON s.id = b.signature_id
        WHERE b.scenario = $1 AND NOT s.report`,
      [name],
    );
    const history = await db.query<History & Record<string, unknown>>(
      `SELECT kind::text, campaign_id AS campaign FROM bug_event WHERE bug_id = $1 ORDER BY id`,
      [bug?.id],
    );
    return { state: bug?.state ?? 'unknown', history };
  };
  const countsOf = (nightly: number): Promise<Record<string, unknown>[]> =>
    db.query(
      `SELECT bugs_new AS new, bugs_gone AS gone, bugs_regressed AS regressed
         FROM tick WHERE nightly_id = $1 AND reviewed_at IS NOT NULL ORDER BY id`,
      [nightly],
    );

  it('is found, gone, and back with its history, which is announced once', async () => {
    const name = await scenario();
    const nightly = await sampleNightly(db, { programs: [name] });
    const before = (await announced('regression')).length;
    const found = await night(nightly, 10);
    const gone = await night(nightly, NEVER);
    expect(await stateOf(name)).toEqual({
      state: 'gone',
      history: [
        { kind: 'found', campaign: found },
        { kind: 'gone', campaign: gone },
      ],
    });
    const silent = await night(nightly, NEVER);
    const back = await night(nightly, 10);
    expect(silent).toBeGreaterThan(gone);
    expect(await stateOf(name)).toMatchObject({
      state: 'open',
      history: [{}, {}, { kind: 'regressed', campaign: back }],
    });
    // The report is met in every night; the failure in the first and the last.
    expect(await countsOf(nightly)).toEqual([
      { new: 2, gone: 0, regressed: 0 },
      { new: 0, gone: 1, regressed: 0 },
      { new: 0, gone: 0, regressed: 0 },
      { new: 0, gone: 0, regressed: 1 },
    ]);
    expect((await announced('regression')).slice(before)).toHaveLength(1);
  });

  it('is not gone because a rare one was not met', async () => {
    const name = await scenario();
    const nightly = await sampleNightly(db, { programs: [name] });
    await night(nightly, 500);
    await night(nightly, NEVER);
    expect(await stateOf(name)).toMatchObject({ state: 'open', history: [{ kind: 'found' }] });
  });

  it('stays gone when an old version of the program still fails', async () => {
    const name = await scenario();
    const nightly = await sampleNightly(db, { programs: [name] });
    const first = await night(nightly, 10);
    const [old] = await listParts(db, first);
    await sampleProgram(db, name);
    await night(nightly, 10);
    await night(nightly, NEVER);
    expect(await stateOf(name)).toMatchObject({ state: 'gone' });
    const campaign = await sampleCampaign(db, [old?.program ?? ''], { schedules: 100 });
    await runToTheEnd(db, campaign);
    expect(await stateOf(name)).toMatchObject({ state: 'gone' });
  });
});
