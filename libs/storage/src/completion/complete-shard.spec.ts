import {
  MAX_SIGNATURE,
  type ShardTotals,
  shrinkJobSchema,
  type SignatureTotals,
} from '@lastref/contracts';
import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import {
  DEADLOCK,
  REPORT,
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
} from '../../../../test/support/sample-shards.js';
import { listBugs } from '../bugs/bugs.js';
import { listFailures } from '../bugs/failures.js';
import { listParts } from '../campaigns/campaign-parts.js';
import { findCampaign } from '../campaigns/campaigns.js';
import { cancelCampaign } from '../campaigns/cancel-campaign.js';
import { Database } from '../database/database.js';
import { FAILPOINTS, Failpoints } from '../failpoints.js';
import { listIncidents } from '../incidents/list-incidents.js';
import { CAMPAIGN_SEEDS, KEPT_FAILURES, OVERTAKEN_MESSAGE } from '../limits.js';
import { takeShrinks } from '../outbox/take-shrinks.js';
import { claimShard, type ClaimedShard } from '../shards/claim-shard.js';
import { readCutOffs } from '../shards/cut-offs.js';
import { failShard } from '../shards/fail-shard.js';
import { feedShards } from '../shards/feed-shards.js';
import { completeShard, type CompletionOutcome } from './complete-shard.js';

const WORKER = '00000000-0000-4000-8000-00000000000a';
const OTHER = '00000000-0000-4000-8000-00000000000b';

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function claimedShards(campaign: number, leaseMs = 60_000): Promise<ClaimedShard[]> {
  await feedShards(db, 1_000, SAMPLE_SEMANTICS);
  const rows = await db.query<{ id: number }>(
    `SELECT id FROM shard WHERE campaign_id = $1 ORDER BY id`,
    [campaign],
  );
  const claims = rows.map(({ id }) =>
    claimShard(db, {
      shard: id,
      worker: WORKER,
      leaseMs,
      semantics: SAMPLE_SEMANTICS,
      alone: false,
    }),
  );
  return (await Promise.all(claims)).filter((claim) => claim !== null);
}

async function freshShards(
  options: Parameters<typeof sampleCampaign>[2] = {},
): Promise<{ campaign: number; program: string; shards: ClaimedShard[] }> {
  const program = await sampleProgram(db);
  const campaign = await sampleCampaign(db, [program], options);
  return { campaign, program, shards: await claimedShards(campaign) };
}

const attemptsOf = (shard: number): Promise<object[]> =>
  db.query(
    `SELECT outcome::text, message, ended_at IS NOT NULL AS ended FROM shard_attempt
      WHERE shard_id = $1 ORDER BY epoch`,
    [shard],
  );

const complete = (
  { shard, epoch, seedFrom, count }: ClaimedShard,
  every = 10,
  failpoints?: Failpoints,
): Promise<CompletionOutcome> =>
  completeShard(
    db,
    { shard, epoch, worker: WORKER, result: sampleResult(seedFrom, count, every) },
    failpoints,
  );

const totalsOf = async (campaign: number): Promise<ShardTotals | undefined> =>
  (await listParts(db, campaign))[0]?.totals;

function expectedTotals(schedules: number): ShardTotals {
  const { totals } = sampleResult(0, schedules);
  return {
    ...totals,
    signatures: totals.signatures.map((row) => ({
      ...row,
      lowestSeeds: row.lowestSeeds.slice(0, 10),
    })),
  };
}

const totalsLike = ({ signatures: [first] }: ShardTotals): SignatureTotals => {
  if (first === undefined) throw new Error('no signature');
  return first;
};

describe('completion', () => {
  it('adds shards up to the totals of the whole range, in any order and concurrently', async () => {
    const { campaign, shards } = await freshShards({ shardSize: 37 });
    const outcomes = await Promise.all([...shards].reverse().map((shard) => complete(shard)));
    expect(new Set(outcomes)).toEqual(new Set(['counted']));
    expect(await totalsOf(campaign)).toEqual(expectedTotals(1_000));
  });

  it('adds up what is known of the program, and of a bug in its campaign, which is found once', async () => {
    const { campaign, program, shards } = await freshShards({ schedules: 300, shardSize: 100 });
    const bugs = (): Promise<object[]> =>
      db.query(
        `SELECT m.count::int4,
                (SELECT count(*)::int4 FROM bug_event e WHERE e.bug_id = m.bug_id) AS events
           FROM bug_campaign m WHERE m.campaign_id = $1 ORDER BY 1`,
        [campaign],
      );
    for (const { shard, epoch, seedFrom, count } of shards) {
      const result = sampleResult(seedFrom, count);
      const totals = { ...result.totals, outside: 2 };
      await completeShard(db, { shard, epoch, worker: WORKER, result: { ...result, totals } });
    }
    expect(
      await db.query(
        `SELECT s.schedules::int4, s.outside::int4, s.cut::int4, s.failing::int4
           FROM variant_status s JOIN program p ON p.id = s.program_id WHERE p.digest = $1`,
        [program],
      ),
    ).toEqual([{ schedules: 300, outside: 6, cut: 3, failing: 30 }]);
    expect(await bugs()).toEqual([
      { count: 20, events: 1 },
      { count: 30, events: 1 },
    ]);
  });

  it('lists the lowest seeds of runs that were cut', async () => {
    const { campaign, shards } = await freshShards({ schedules: 1_500, shardSize: 300 });
    for (const shard of [...shards].reverse()) await complete(shard);
    const lowest = Array.from({ length: CAMPAIGN_SEEDS }, (_, place) => place * 100 + 1);
    expect(await totalsOf(campaign)).toMatchObject({ cut: 15, cutSeeds: lowest });
  });

  it('stores the longest signature there can be whole, with its failures and its shrink', async () => {
    const { campaign, shards, program } = await freshShards({ schedules: 100 });
    const [shard] = shards;
    if (shard === undefined) throw new Error('no shard');
    // Random, so that no compression makes room in an index.
    const name = (): string => randomBytes(40).toString('hex');
    const parts = Array.from({ length: 20 }, () => `${name()}(${name()}.${name()})`);
    const longest = `hung-task@${parts.join('+')}`.slice(0, MAX_SIGNATURE);
    const twin = `${longest.slice(0, -1)}~`;
    const result = sampleResult(0, 100);
    const signatures = [longest, twin].map((signature) => ({
      ...totalsLike(result.totals),
      signature,
      kind: 'hung-task',
    }));
    const failures = result.failures.map((failure) => ({ ...failure, signature: longest }));
    const whole = { ...result, totals: { ...result.totals, signatures }, failures };
    const { epoch } = shard;
    const completion = { shard: shard.shard, epoch, worker: WORKER, result: whole };
    expect(await completeShard(db, completion)).toBe('counted');
    expect(await completeShard(db, completion)).toBe('repeated');
    const stored = (await totalsOf(campaign))?.signatures.map(({ signature }) => signature);
    expect(stored).toEqual([longest, twin]);
    const shrinks = (await takeShrinks(db, 1_000)).filter((shrink) => shrink.program === program);
    expect(shrinks.map((shrink) => shrinkJobSchema.parse(shrink).signature)).toEqual(stored);
    const bugs = await listBugs(db, { limit: 2 });
    expect(bugs.map((bug) => bug.signature).sort()).toEqual(stored);
  });

  it('counts a shard once, however often it is completed', async () => {
    const { campaign, shards } = await freshShards();
    for (const shard of shards) await complete(shard);
    const outcomes = await Promise.all(shards.map((shard) => complete(shard)));
    expect(new Set(outcomes)).toEqual(new Set(['repeated']));
    expect(await totalsOf(campaign)).toEqual(expectedTotals(1_000));
  });

  it('takes the first result whatever its epoch', async () => {
    const { shards } = await freshShards({ schedules: 100 });
    const [shard] = shards;
    if (shard === undefined) throw new Error('no shard');
    await db.query(`UPDATE shard SET epoch = 5 WHERE id = $1`, [shard.shard]);
    expect(await complete(shard)).toBe('counted');
    expect(await complete({ ...shard, epoch: 5 })).toBe('repeated');
  });

  it('ends the attempt that a late result was faster than', async () => {
    const { shards } = await freshShards({ schedules: 100 });
    const [first] = shards;
    if (first === undefined) throw new Error('no shard');
    await db.query(`UPDATE shard SET lease_expires_at = now() - interval '1 s' WHERE id = $1`, [
      first.shard,
    ]);
    const second = await claimShard(db, {
      shard: first.shard,
      worker: OTHER,
      leaseMs: 60_000,
      semantics: SAMPLE_SEMANTICS,
      alone: false,
    });
    expect(second?.epoch).toBe(first.epoch + 1);
    expect(await complete(first)).toBe('counted');
    expect(await attemptsOf(first.shard)).toEqual([
      { outcome: 'done', message: null, ended: true },
      { outcome: 'lost', message: OVERTAKEN_MESSAGE, ended: true },
    ]);
  });

  it.each(['counted', 'cancelled'])(
    'leaves attempts that had ended as they did: %s',
    async (how) => {
      const { campaign, shards } = await freshShards({ schedules: 100 });
      const { shards: others } = await freshShards({ schedules: 100 });
      const [[shard], [other]] = [shards, others];
      if (shard === undefined || other === undefined) throw new Error('no shard');
      await failShard(db, WORKER, shard, 'out of memory');
      const again = await claimShard(db, {
        shard: shard.shard,
        worker: OTHER,
        leaseMs: 60_000,
        semantics: SAMPLE_SEMANTICS,
        alone: false,
      });
      if (again === null) throw new Error('not claimed');
      if (how === 'counted') expect(await complete(again)).toBe('counted');
      else await cancelCampaign(db, campaign);
      const outcome = how === 'counted' ? 'done' : 'released';
      expect(await attemptsOf(shard.shard)).toEqual([
        { outcome: 'failed', message: 'out of memory', ended: true },
        { outcome, message: null, ended: true },
      ]);
      expect(await attemptsOf(other.shard)).toMatchObject([{ outcome: 'running', ended: false }]);
    },
  );

  it('opens one incident where two results of a shard differ, and keeps the first', async () => {
    const { campaign, shards } = await freshShards({ schedules: 100 });
    const [shard] = shards;
    if (shard === undefined) throw new Error('no shard');
    await complete(shard);
    expect(await complete(shard, 7)).toBe('incident');
    expect(await complete(shard, 7)).toBe('incident');
    const incidents = await listIncidents(db, { limit: 10 });
    expect(incidents).toMatchObject([
      { kind: 'digest', state: 'open', shard: shard.shard, campaign, worker: WORKER },
    ]);
    expect(await findCampaign(db, campaign)).toMatchObject({
      state: 'incomplete',
      reason: `incident ${incidents[0]?.id}: ${incidents[0]?.subject}`,
    });
    expect(
      await db.query(
        `SELECT kind::text, incident_id AS incident FROM announcement WHERE kind = 'incident'`,
      ),
    ).toEqual([{ kind: 'incident', incident: incidents[0]?.id }]);
    expect(await totalsOf(campaign)).toEqual(expectedTotals(100));
  });

  it('drops the result of a cancelled campaign', async () => {
    const { campaign, shards } = await freshShards({ schedules: 100 });
    await cancelCampaign(db, campaign);
    const [shard] = shards;
    if (shard === undefined) throw new Error('no shard');
    expect(await complete(shard)).toBe('dropped');
    expect((await totalsOf(campaign))?.schedules).toBe(0);
    expect(await attemptsOf(shard.shard)).toEqual([
      { outcome: 'released', message: null, ended: true },
    ]);
  });

  it.each(FAILPOINTS.filter((name) => name.startsWith('commit')))(
    'counts once when COMMIT loses its answer: %s',
    async (name) => {
      const { campaign, shards } = await freshShards({ schedules: 300 });
      const outcomes: string[] = [];
      for (const shard of shards) {
        const failpoints = new Failpoints(name);
        outcomes.push(await complete(shard, 10, failpoints));
        expect(failpoints.take(name)).toBe(false);
      }
      const expected = name === 'commit-unread' ? 'repeated' : 'counted';
      expect(new Set(outcomes)).toEqual(new Set([expected]));
      expect(await totalsOf(campaign)).toEqual(expectedTotals(300));
    },
  );

  it('makes one shrink to be done per bug and program', async () => {
    await takeShrinks(db, 1_000);
    const { shards, program } = await freshShards();
    for (const shard of shards) await complete(shard);
    const shrinks = await takeShrinks(db, 1_000);
    expect(shrinks.map((shrink) => shrink.signature).sort()).toEqual([DEADLOCK, REPORT].sort());
    expect(new Set(shrinks.map((shrink) => shrink.program))).toEqual(new Set([program]));
  });
});

describe('kept failures', () => {
  const schedules = KEPT_FAILURES * 12;

  async function keptAfter(order: (shards: ClaimedShard[]) => ClaimedShard[]): Promise<number[]> {
    const { program, shards } = await freshShards({ schedules, shardSize: 1_700 });
    await Promise.all(order(shards).map((shard) => complete(shard)));
    const [bug] = (await listBugs(db, { limit: 10 })).filter((row) => row.signature === DEADLOCK);
    const all = await listFailures(db, bug?.id ?? 0, { limit: 100_000 });
    const programId = shards[0]?.programId ?? 0;
    expect((await readCutOffs(db, programId, 'rw/1')).get(DEADLOCK)).toBe((KEPT_FAILURES - 1) * 10);
    return all.filter((row) => row.program === program).map((row) => row.seed);
  }

  it('are the lowest seeds, whatever the order of the shards', async () => {
    const lowest = Array.from({ length: KEPT_FAILURES }, (_, place) => place * 10);
    expect(await keptAfter((shards) => shards)).toEqual(lowest);
    expect(await keptAfter((shards) => [...shards].reverse())).toEqual(lowest);
  });

  it('stay the same when a second campaign finds them again', async () => {
    const program = await sampleProgram(db, 'twice');
    const kept: number[][] = [];
    for (const round of [1, 2]) {
      const campaign = await sampleCampaign(db, [program], { title: `round ${round}` });
      for (const shard of await claimedShards(campaign)) await complete(shard);
      const [bug] = await listBugs(db, { limit: 10 }, { scenario: 'twice' });
      const bugs = await listBugs(db, { limit: 10 }, { scenario: 'twice' });
      const deadlock = bugs.find((row) => row.signature === DEADLOCK) ?? bug;
      kept.push(
        (await listFailures(db, deadlock?.id ?? 0, { limit: 1_000 })).map((row) => row.seed),
      );
    }
    expect(kept[0]).toHaveLength(100);
    expect(kept[1]).toEqual(kept[0]);
  });

  it('are listed in pages by seed', async () => {
    const [bug] = (await listBugs(db, { limit: 10 }, { scenario: 'twice' })).filter(
      (row) => row.signature === DEADLOCK,
    );
    const first = await listFailures(db, bug?.id ?? 0, { limit: 60 });
    const last = first.at(-1);
    const second = await listFailures(db, bug?.id ?? 0, { limit: 60, after: last });
    expect([...first, ...second].map((row) => row.seed)).toEqual(
      Array.from({ length: 100 }, (_, place) => place * 10),
    );
  });
});
