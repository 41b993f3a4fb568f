/** What becomes of a night, with three control planes that sweep at once: canaries, lateness, bugs. */
import { parseProgram, type Program } from '@lastref/kernel';
import {
  cancelCampaign,
  feedShards,
  findNightly,
  listIncidents,
  listParts,
} from '@lastref/storage';
import { workOff } from '../../../../test/support/engine-rounds.js';
import { nightRows, sampleNightly } from '../../../../test/support/nights.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import {
  SAMPLE_SEMANTICS,
  sampleCampaign,
  sampleProgram,
} from '../../../../test/support/sample-shards.js';
import { canaryProgram, FAILS, HOLDS } from './canaries/programs.js';

import {
  announced,
  closer,
  db,
  lastNight,
  night,
  scenario,
  sweep,
  sweepDue,
  useThreePlanes,
} from '../../../../test/support/three-planes.js';

useThreePlanes();

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
