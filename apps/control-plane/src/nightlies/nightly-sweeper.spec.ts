/** What happens to nightlies by itself, with three control planes that sweep at once: due times, overlap, seeds. */
import {
  cancelCampaign,
  claimShard,
  completeShard,
  feedShards,
  findCampaign,
  listParts,
} from '@lastref/storage';
import { workOff } from '../../../../test/support/engine-rounds.js';
import { nightRows, sampleNightly } from '../../../../test/support/nights.js';
import { realProgram, storeReal } from '../../../../test/support/real-program.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import {
  SAMPLE_SEMANTICS,
  sampleCampaign,
  sampleProgram,
  sampleResult,
} from '../../../../test/support/sample-shards.js';
import { RoundOpener } from '../dispatch/round-opener.service.js';

import {
  LONG_MS,
  WORKER,
  announced,
  closer,
  db,
  lastNight,
  night,
  rangesOf,
  running,
  scenario,
  sweep,
  sweepDue,
  useThreePlanes,
} from '../../../../test/support/three-planes.js';

useThreePlanes();

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
