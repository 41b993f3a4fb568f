/** Campaigns in rounds on the real database, worked off by the engine in this process. */
import { type CampaignStop, MAX_STOP_MS } from '@lastref/contracts';
import { firstFailures, parseStop, planOf, PORTFOLIO, type StopRule } from '@lastref/exploration';
import { type Program, programDigest, signatureParts } from '@lastref/kernel';
import {
  claimShard,
  createCampaign,
  Database,
  failShard,
  feedShards,
  findCampaign,
  listParts,
  listRounds,
  type StoredPart,
} from '@lastref/storage';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import {
  engineRounds,
  finishRound,
  roundsLedger,
  workOff,
} from '../../../../test/support/engine-rounds.js';
import { hangingProgram, realProgram, storeReal } from '../../../../test/support/real-program.js';
import { firstRound } from '../campaigns/first-round.js';
import { CampaignCloser } from './campaign-closer.service.js';
import { RoundOpener } from './round-opener.service.js';
import { SAMPLE_SEMANTICS } from '../../../../test/support/sample-shards.js';

const SCHEDULES = 6_000;
const WORKER = '00000000-0000-4000-8000-00000000000d';

let server: TestDatabase;
let db: Database;
let program: Program;
/** Under about half of its seeds. */
let hanging: Program;
let closer: CampaignCloser;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
  program = realProgram();
  hanging = hangingProgram();
  closer = new CampaignCloser(db, pino({ level: 'silent' }));
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

interface Asked {
  of?: Program;
  strategy?: string;
  stop?: CampaignStop;
  shardSize?: number;
}

async function start(asked: Asked): Promise<number> {
  const { of = program, strategy = PORTFOLIO, stop, shardSize = 50 } = asked;
  const programs = [await storeReal(db, of)];
  const request = { programs, strategy, seedFrom: 7, schedules: SCHEDULES, shardSize };
  const rounds = firstRound({ ...request, ...(stop === undefined ? {} : { stop }) });
  const result = await createCampaign(db, { title: 'rounds', ...request, rounds });
  if (result.kind !== 'created') throw new Error(result.kind);
  return result.id;
}

/** To its end, with two control planes that judge and close at the same time. */
async function run(campaign: number, atOnce = 1): Promise<void> {
  const openers = [new RoundOpener(db), new RoundOpener(db)];
  while ((await findCampaign(db, campaign))?.state === 'running') {
    await Promise.all(openers.map((opener) => opener.advance()));
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    await workOff(db, campaign, [program, hanging], atOnce);
    await Promise.all([closer.close(), closer.close()]);
  }
}

const rangeOf = ({ round, strategy, seedFrom, seedEnd }: StoredPart): unknown[] => [
  round,
  strategy,
  seedFrom,
  seedEnd - seedFrom,
];

const RULES: [CampaignStop, StopRule][] = [
  ['count', { kind: 'count' }],
  ['first-failure', { kind: 'first-failure' }],
  [{ confidenceWidth: 0.2 }, { kind: 'ci', width: 0.2 }],
  [{ elapsedMs: MAX_STOP_MS }, { kind: 'time', ms: MAX_STOP_MS }],
];

/** Makes a campaign older, in the database whose clock says how old it is. */
const age = (campaign: number, ms: number): Promise<unknown> =>
  db.query(
    `UPDATE campaign SET created_at = created_at - make_interval(secs => $2::float8 / 1000)
      WHERE id = $1`,
    [campaign, ms],
  );

describe('a campaign in rounds', () => {
  it.each(RULES)('stopped by %j has the rounds and ledger of a hunt', async (stop, rule) => {
    const plan = planOf(PORTFOLIO, 7, SCHEDULES);
    const { rounds, stopped } = engineRounds(program, plan, rule);
    const campaign = await start({ stop });
    await run(campaign);
    const ranges = rounds.flatMap((parts, round) =>
      parts.map(({ strategy, seedFrom, count }) => [round, strategy, seedFrom, count]),
    );
    expect((await listParts(db, campaign)).map(rangeOf)).toEqual(ranges);
    expect(await listRounds(db, campaign)).toMatchObject([{ round: rounds.length - 1, stopped }]);
    expect(await findCampaign(db, campaign)).toMatchObject({
      state: 'done',
      stop,
      schedules: SCHEDULES,
      executed: rounds.flat().reduce((sum, { count }) => sum + count, 0),
      ledgerDigest: roundsLedger(program, rounds),
    });
  });

  it('stores the same for every size of shards and number of workers', async () => {
    const stored = async (shardSize: number, atOnce: number): Promise<unknown> => {
      const campaign = await start({ shardSize });
      await run(campaign, atOnce);
      const ledger = (await findCampaign(db, campaign))?.ledgerDigest;
      return [ledger, await listParts(db, campaign)];
    };
    const first = await stored(50, 1);
    expect(await stored(333, 4)).toEqual(first);
    expect(await stored(100_000, 2)).toEqual(first);
  });

  it('may have one strategy, and stops it at a complete round', async () => {
    const campaign = await start({ of: hanging, strategy: 'rw/1', stop: 'first-failure' });
    await run(campaign);
    const parts = await listParts(db, campaign);
    expect(parts.map(rangeOf)).toEqual([[0, 'rw/1', 7, 1_000]]);
    expect(await listRounds(db, campaign)).toMatchObject([{ stopped: 'a failure has been seen' }]);
  });

  it('stops by time at a complete round, with the ledger of a hunt of as many schedules', async () => {
    const ms = 3_600_000;
    const campaign = await start({ of: hanging, stop: { elapsedMs: ms } });
    await finishRound(db, campaign, [hanging]);
    expect(await new RoundOpener(db).advance()).toBe(1);
    await age(campaign, ms);
    await run(campaign);
    const plan = planOf(PORTFOLIO, 7, 3_000);
    const { rounds } = engineRounds(hanging, plan, { kind: 'count' });
    expect(rounds).toHaveLength(2);
    expect(await listRounds(db, campaign)).toMatchObject([
      { round: 1, stopped: 'the time of 1h is up' },
    ]);
    expect(await findCampaign(db, campaign)).toMatchObject({
      state: 'done',
      executed: 3_000,
      ledgerDigest: roundsLedger(hanging, rounds),
    });
  });

  it('completes the round it is in when its time is up long before', async () => {
    const campaign = await start({ strategy: 'rw/1', stop: { elapsedMs: 1 } });
    await age(campaign, 1_000);
    expect(await new RoundOpener(db).advance()).toBe(0);
    expect(await listRounds(db, campaign)).toMatchObject([{ round: 0, stopped: null }]);
    await run(campaign);
    expect(await listRounds(db, campaign)).toMatchObject([{ stopped: 'the time of 1ms is up' }]);
    expect((await findCampaign(db, campaign))?.executed).toBe(1_000);
  });

  it('waits for each bug listed for a program, at any failure of another', async () => {
    const [program, other] = [programDigest(hanging), '0'.repeat(64)];
    const stoppedBy = async (digest: string, bug: string): Promise<string | null | undefined> => {
      const stop = { firstFailureOf: [{ program: digest, bugs: [bug] }] };
      const campaign = await start({ of: hanging, strategy: 'rw/1', stop });
      await run(campaign);
      return (await listRounds(db, campaign))[0]?.stopped;
    };
    const plan = planOf('rw/1', 7, 1_000);
    const { rounds } = engineRounds(hanging, plan, { kind: 'count' });
    const [first] = firstFailures(rounds);
    const { kind, parts } = signatureParts(first?.signature ?? '');
    const bug = `${kind}@${parts.map(({ name }) => name).join('+')}`;
    expect(await stoppedBy(program, bug)).toBe('every expected bug has failed');
    expect(await stoppedBy(program, 'leak@nobody')).toBe('all schedules have run');
    expect(await stoppedBy(other, 'leak@nobody')).toBe('a failure has been seen');
  });

  it('begins no round while one lacks a shard, and ends incomplete', async () => {
    const campaign = await start({ strategy: PORTFOLIO, shardSize: 1_000 });
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    const [shard] = await db.query<{ id: number }>(`SELECT id FROM shard WHERE campaign_id = $1`, [
      campaign,
    ]);
    const id = shard?.id ?? 0;
    for (const epoch of [1, 2, 3]) {
      await claimShard(db, {
        shard: id,
        worker: WORKER,
        leaseMs: 60_000,
        semantics: SAMPLE_SEMANTICS,
        alone: false,
      });
      expect(await new RoundOpener(db).advance()).toBe(0);
      await failShard(db, WORKER, { shard: id, epoch }, 'the thread died');
    }
    await run(campaign);
    expect((await findCampaign(db, campaign))?.state).toBe('incomplete');
    expect(await listRounds(db, campaign)).toMatchObject([{ round: 0, stopped: null }]);
  });
});

it('a time is as long for a campaign as for a hunt', () => {
  expect(parseStop(`time:${MAX_STOP_MS}ms`).ok).toBe(true);
  expect(parseStop(`time:${MAX_STOP_MS + 1}ms`).ok).toBe(false);
});

describe('a campaign of one strategy that runs all its seeds', () => {
  it('is one part and no rounds', async () => {
    const campaign = await start({ strategy: 'rw/1' });
    await run(campaign);
    const parts = await listParts(db, campaign);
    expect(parts.map(rangeOf)).toEqual([[0, 'rw/1', 7, SCHEDULES]]);
    expect(await listRounds(db, campaign)).toEqual([]);
    const plan = planOf('rw/1', 7, SCHEDULES);
    const { rounds } = engineRounds(program, plan, { kind: 'count' });
    const ledgerDigest = roundsLedger(program, rounds);
    expect(await findCampaign(db, campaign)).toMatchObject({ state: 'done', ledgerDigest });
  });
});
