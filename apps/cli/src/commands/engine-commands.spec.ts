/** The commands that need no service, in this process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programJson } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { lastref, lastrefJson } from '../in-process.fixture.js';

const AB_BA = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const AB_BA_SEED = '13842';
const LOCK_ORDER = 'lock-order@gendisk.open_mutex+nbd_index_mutex';
const AA = 'deadlock@del_gendisk(gendisk.open_mutex)';

const STALLED = 'nbd/fixed/server-dies-worker-stalled';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lastref-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('hunt', () => {
  it('counts what fails and gives the commands that lead on', async () => {
    const words = ['hunt', 'nbd/buggy/last-close', '-n', '50', '--threads', '1', '--ledger'];
    const { exit, json } = await lastrefJson(words);
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      address: 'nbd/buggy/last-close',
      schedules: 50,
      bound: null,
      signatures: [
        {
          signature: AA,
          count: 50,
          replay: 'npx --no lastref replay nbd/buggy/last-close --strategy rw/1 --seed 0',
          shrink: `npx --no lastref shrink nbd/buggy/last-close --signature '${AA}' --strategy rw/1 --seed 0`,
        },
        { kind: 'recursive-lock', report: true, count: 50 },
      ],
      expectation: { held: true },
      ledger: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  it('is not content when an expected failure does not occur', async () => {
    const { exit, json } = await lastrefJson(['hunt', 'nbd/buggy', '-n', '10', '--threads', '1']);
    expect(exit).toBe(1);
    expect(json).toMatchObject({ bound: 0.3, expectation: { held: false } });
  });

  it('judges a program without expectation by whether anything fails', async () => {
    const renamed = { ...compileAddress('nbd/buggy/last-close'), scenario: 'mine' };
    const failing = await lastrefJson(['hunt', file('mine.json', programJson(renamed)), '-n', '5']);
    expect(failing).toMatchObject({ exit: 1, json: { expectation: null } });
    const mended = { ...compileAddress('nbd/fixed/last-close'), scenario: 'mine' };
    const clean = await lastrefJson(['hunt', file('clean.json', programJson(mended)), '-n', '5']);
    expect(clean.exit).toBe(0);
  });

  it('is not failed by a report where nothing is expected', async () => {
    const renamed = { ...compileAddress('nbd/buggy/no-overlap'), scenario: 'mine' };
    const path = file('reports.json', programJson(renamed));
    const { exit, json } = await lastrefJson(['hunt', path, '-n', '50']);
    expect(json).toMatchObject({ failed: 0, signatures: [{ report: true }], expectation: null });
    expect(exit).toBe(0);
    expect(await lastref(['prove', path])).toMatchObject({ exit: 0 });
    expect(await lastref(['replay', path, '--seed', '0'])).toMatchObject({ exit: 0 });
    expect(await lastref(['shrink', path, '--signature', LOCK_ORDER])).toMatchObject({ exit: 0 });
  });

  it('spends a portfolio in rounds, and stops at the first failure', async () => {
    const words = ['hunt', 'nbd/buggy', '-n', '5000', '--strategy', 'portfolio', '--ledger'];
    const { exit, json } = await lastrefJson([...words, '--stop', 'first-failure']);
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      strategy: 'portfolio',
      rounds: 1,
      stopped: 'every expected bug has failed',
      schedules: 1_000,
      bound: null,
      signatures: [{ signature: AB_BA }, { kind: 'lock-order' }],
      ledger: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
    const whole = await lastrefJson(words);
    expect(whole.json).toMatchObject({
      rounds: 3,
      stopped: 'all schedules have run',
      schedules: 5_000,
    });
  });

  // The clock of these specs moves a second per look, so any time shorter than that is up after the first round.
  it.each(['rw/1', 'portfolio'])('stops %s by time, after the round it is in', async (strategy) => {
    const words = ['hunt', 'nbd/fixed/last-close', '--strategy', strategy, '--ledger'];
    const timed = await lastrefJson([...words, '--stop', 'time:1ms']);
    expect(timed).toMatchObject({
      exit: 0,
      json: {
        rounds: 1,
        stopped: 'the time of 1ms is up',
        schedules: 1_000,
        bound: 0.003,
        again: `npx --no lastref hunt nbd/fixed/last-close --strategy ${strategy} --seed 0 --schedules 1000`,
      },
    });
    const counted = await lastrefJson([...words, '--schedules', '1000']);
    expect(counted.json).toMatchObject({ ledger: (timed.json as { ledger: string }).ledger });
    expect(counted.json).not.toHaveProperty('again');
  });

  it('runs rounds while there is time, and stops by count if that comes first', async () => {
    const words = ['hunt', 'nbd/fixed/last-close', '--stop'];
    const longer = await lastrefJson([...words, 'time:10s']);
    const { rounds, schedules } = longer.json as { rounds: number; schedules: number };
    expect(rounds).toBeGreaterThan(1);
    expect(schedules).toBe(1_000 * (2 ** rounds - 1));
    const counted = await lastrefJson([...words, 'time:720h', '-n', '500']);
    expect(counted.json).toMatchObject({ stopped: 'all schedules have run', schedules: 500 });
  });

  it('says how much ran, why no more, and the bound where nothing failed', async () => {
    const { out } = await lastref(['hunt', 'nbd/fixed/last-close', '--stop', 'time:1ms']);
    expect(out).toContain(
      '1,000 schedules of rw/1 in 1 round, from seed 0 on; the time of 1ms is up\n',
    );
    expect(out).toContain("fewer than 0.0030 of rw/1's runs fail (3/n)");
    expect(out).toContain('the same schedules again: npx --no lastref hunt ');
  });

  it.each([
    ['soon', "--stop: 'soon' is no rule to stop by"],
    ['time:90', "--stop: 'time:90' names no duration from 1ms to 720h"],
    ['time:0s', 'write a whole number and ms, s, m or h, as in time:90s'],
  ])('refuses to stop by %s', async (rule, message) => {
    expect(await lastref(['hunt', 'nbd/buggy', '--stop', rule])).toMatchObject({
      exit: 2,
      err: expect.stringContaining(message) as unknown,
    });
  });

  it('ends with 130 when it is interrupted', async () => {
    const { exit, err } = await lastref(['hunt', 'nbd/buggy'], { signal: AbortSignal.abort() });
    expect({ exit, err }).toEqual({ exit: 130, err: 'lastref: interrupted\n' });
  });

  it('refuses an unknown strategy and a range past the last seed', async () => {
    const unknown = await lastref(['hunt', 'nbd/buggy', '--strategy', 'rw/9']);
    expect(unknown.exit).toBe(2);
    expect(unknown.err).toContain(
      "lastref: no strategy 'rw/9': did you mean rw/1?; there are: rw/1, pct/1:d=3,",
    );
    const last = String(Number.MAX_SAFE_INTEGER);
    expect(await lastref(['hunt', 'nbd/buggy', '--seed', last, '-n', '2'])).toMatchObject({
      exit: 2,
    });
  });
});

describe('replay', () => {
  it('tells the same by seed, by schedule and by token', async () => {
    const bySeed = await lastrefJson(['replay', 'nbd/buggy', '--seed', AB_BA_SEED]);
    expect(bySeed).toMatchObject({
      exit: 0,
      json: { verdict: { signature: AB_BA }, expectation: { held: true } },
    });
    const run = bySeed.json as { schedule: string; digest: string; replay: { token: string } };
    const bySchedule = await lastrefJson(['replay', 'nbd/buggy', '--schedule', run.schedule]);
    expect(bySchedule.json).toMatchObject({ digest: run.digest });
    const byToken = await lastrefJson(['replay', run.replay.token]);
    expect(byToken.json).toMatchObject({ digest: run.digest });
  });

  it('of a clean run contradicts no expectation', async () => {
    expect(await lastref(['replay', 'nbd/buggy', '--seed', '0'])).toMatchObject({ exit: 0 });
  });

  it.each([
    [['replay', 'nbd/buggy'], 'name one run'],
    [['replay', 'nbd/buggy', '--seed', '1', '--schedule', '0'], 'name one run'],
    [['replay', 'nbd/buggy', '--strategy', 'rw/1', '--schedule', '0'], 'needs no strategy'],
    [['replay', 'lr1.nonsense'], 'not a replay token'],
    [['replay', 'lr2.nonsense'], 'cut off'],
    [['replay', 'lr9.nonsense'], 'of format 9'],
    [['replay', 'nbd/buggy', '--seed', '1', '--url', 'http://x'], 'name one run'],
    [['replay', `lr1.${'a'.repeat(64)}.rw~1.5`], 'no scenario of this version compiles'],
    [['replay', `lr1.${'a'.repeat(64)}.rw~1.5`, '--seed', '1'], 'names its run alone'],
    [['replay', 'nbd/buggy', '--schedule', 'z'], 'cannot be taken'],
    [['replay', 'nbd/buggy', '--strategy', 'no', '--seed', '1'], "no strategy 'no'"],
  ])('refuses %j', async (words, message) => {
    const { exit, err } = await lastref(words);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });
});

describe('shrink', () => {
  it('finds the AB-BA deadlock at cost 0/1/1, with a blocks line per task', async () => {
    const { exit, json } = await lastrefJson(['shrink', 'nbd/buggy', '--seed', AB_BA_SEED]);
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      signature: AB_BA,
      grade: 'minimum (proved)',
      cost: { events: 0, preemptions: 1, switches: 1 },
      expectation: { held: true },
    });
    const { text } = json as { text: string };
    expect(text.match(/ blocks on CPU[01]$/gm)).toHaveLength(2);
  });

  it('says what each pass tried, in JSON always and on a terminal if asked', async () => {
    const words = ['shrink', 'nbd/buggy', '--seed', AB_BA_SEED];
    const { json } = await lastrefJson(words);
    const { passes } = json as { passes: { pass: string; candidates: number }[] };
    const [merged] = passes.filter(({ pass }) => pass === 'merge segments');
    expect(merged).toMatchObject({ accepted: expect.any(Number) as unknown });
    const told = await lastref([...words, '--stats']);
    expect(told.out).toMatch(/^pass +candidates +known +accepted +steps +cost saved$/m);
    expect(told.out).toMatch(new RegExp(`^merge segments +${merged?.candidates ?? -1} `, 'm'));
    const alone = await lastref(['shrink', 'nbd/buggy', '--signature', AB_BA, '--stats']);
    expect(alone.out).toContain('no passes: there was no run to start from');
  });

  it('takes the report of a run that only reports', async () => {
    const { json } = await lastrefJson(['shrink', 'nbd/buggy/no-overlap', '--seed', '0']);
    expect(json).toMatchObject({ signature: LOCK_ORDER });
  });

  it('starts from a schedule as from its seed, and from a seed that shows the signature', async () => {
    const bySeed = await lastrefJson(['shrink', 'nbd/buggy', '--seed', AB_BA_SEED]);
    const run = await lastrefJson(['replay', 'nbd/buggy', '--seed', AB_BA_SEED]);
    const { schedule } = run.json as { schedule: string };
    const bySchedule = await lastrefJson(['shrink', 'nbd/buggy', '--schedule', schedule]);
    expect(bySchedule.json).toEqual(bySeed.json);
    const words = ['shrink', 'nbd/buggy', '--seed', AB_BA_SEED, '--signature'];
    const report = await lastrefJson([...words, LOCK_ORDER]);
    expect(report).toMatchObject({ exit: 0, json: { signature: LOCK_ORDER } });
  });

  it.each([
    [['--signature', 'deadlock@del_gendisk+nbd_open'], AB_BA],
    [['--signature', 'deadlock@nbd_open+del_gendisk', '--seed', AB_BA_SEED], AB_BA],
    [['--signature', 'lock-order@gendisk.open_mutex+nbd_index_mutex'], LOCK_ORDER],
  ])('takes the short form that expectations use: %j', async (words, signature) => {
    const { exit, json } = await lastrefJson(['shrink', 'nbd/buggy', ...words]);
    expect(json).toMatchObject({ signature, grade: 'minimum (proved)' });
    expect(exit).toBe(0);
  });

  it.each([
    [['--signature', 'deadlock@del_gendisk'], `no run of nbd/buggy/main shows`],
    [['--signature', AB_BA.replace('nbd_open', 'nbd_oven')], 'no run of this program has'],
    [['--signature', 'deadlock@del_gendisk', '--seed', AB_BA_SEED], 'does not show'],
  ])('names the near signatures where none is meant by %j', async (words, message) => {
    const { exit, err } = await lastref(['shrink', 'nbd/buggy', ...words]);
    expect(exit).not.toBe(0);
    expect(err).toContain(message);
    expect(err).toContain(`did you mean ${AB_BA}? it shows ${AB_BA}, ${LOCK_ORDER}`);
  });

  it.each([
    ['9', 'locally minimal', null],
    ['100', 'minimum up to 0 preemptions', 0],
  ])(
    'past %s nodes is %s, which is not the minimum that is expected',
    async (maxNodes, grade, preemptions) => {
      const words = ['shrink', 'nbd/buggy', '--seed', AB_BA_SEED, '--max-nodes', maxNodes];
      const { exit, json } = await lastrefJson(words);
      expect(exit).toBe(1);
      expect(json).toMatchObject({
        grade,
        expectation: { held: false, why: ['the minimum is not proved'] },
        certificate: { unproved: { preemptions, passes: { fixpoint: true } } },
      });
    },
  );

  it.each([
    [['shrink', 'nbd/buggy'], 2, 'name what to shrink'],
    [['shrink', 'nbd/buggy', '--seed', '0', '--schedule', '0'], 2, 'a seed or a schedule'],
    [['shrink', 'nbd/buggy', '--schedule', '0', '--strategy', 'rw/1'], 2, 'of a seed'],
    [['shrink', 'nbd/buggy', '--schedule', 'z'], 2, 'cannot be taken'],
    [['shrink', 'nbd/buggy', '--schedule', '0'], 2, 'ends unfinished, there is nothing'],
    [['shrink', 'nbd/buggy', '--seed', '0', '--signature', AB_BA], 2, 'it shows nothing'],
    [['shrink', 'nbd/buggy', '--seed', '0'], 2, 'there is nothing to shrink'],
    [['shrink', 'nbd/buggy', '--signature', 'nonsense'], 2, 'is no signature'],
    [['shrink', 'nbd/fixed/last-close', '--signature', AA], 1, 'no run of this program'],
    [['shrink', 'nbd/buggy', '--signature', AB_BA, '--max-nodes', '9'], 1, 'give a failing seed'],
  ])('refuses %j with %d', async (words, code, message) => {
    const { exit, err } = await lastref(words);
    expect(err).toContain(message);
    expect(exit).toBe(code);
  });
});

describe('prove', () => {
  it('solves for the probability of each signature', async () => {
    const { json } = await lastrefJson(['prove', 'nbd/buggy/last-close', '--probability']);
    expect(json).toMatchObject({
      proved: true,
      probabilities: {
        ok: true,
        failing: 1,
        bySignature: [{ signature: AA, probability: 1 }, { kind: 'recursive-lock' }],
      },
    });
    const { out } = await lastref(['prove', 'nbd/fixed/last-close', '--probability']);
    expect(out).toContain('  rw/1 shows nothing: p = 0\n');
  });

  it('prints the probability of any failure, and none above one half as one in 1', async () => {
    const { out } = await lastref(['prove', 'nbd/buggy/last-close', '--probability']);
    expect(out).toContain('  p = 1.00000 a run of rw/1, 100 % of them: any failure\n');
    expect(out).not.toContain('1 in 1:');
    const stalled = await lastref(['prove', STALLED, '--probability']);
    expect(stalled.out).toContain('  p = 0.00217175 a run of rw/1, 1 in 460: any failure\n');
    const reported = await lastref(['prove', 'nbd/buggy/no-overlap', '--probability']);
    expect(reported.out).toContain('  rw/1 shows no failure: p = 0\n');
  });

  it('proves a fix and says how much it searched', async () => {
    const { exit, json } = await lastrefJson(['prove', 'nbd/fixed/disconnect-against-open']);
    expect(exit).toBe(0);
    expect(json).toMatchObject({ proved: true, failures: [], expectation: { held: true } });
  });

  const statesOf = (text: string): number =>
    Number(/([\d,]+) states/.exec(text)?.[1]?.replaceAll(',', ''));

  it.each([
    [['--symmetry'], 'symmetry'],
    [['--reduce'], 'reduction'],
    [['--symmetry', '--reduce'], 'symmetry and reduction'],
  ])('says that states are fewer after %j', async (flags, after) => {
    const words = ['prove', 'nbd/fixed/two-connects'];
    const { out } = await lastref(words);
    const smaller = await lastref([...words, ...flags]);
    expect(out).not.toContain(' after ');
    expect(smaller.out).toContain(` bytes after ${after}, `);
    expect(statesOf(smaller.out)).toBeLessThan(statesOf(out));
  });

  it('does not say so of a program that it cannot reduce', async () => {
    const { json } = await lastrefJson(['prove', 'mlx5/buggy/slab-reused', '--reduce']);
    expect(json).toMatchObject({ reduced: false });
  });

  it('says nothing of symmetry where no two tasks are identical', async () => {
    const { out } = await lastref(['prove', 'nbd/buggy/last-close', '--symmetry']);
    expect(out).not.toContain('symmetry');
  });

  it('never calls proved what its budget ended', async () => {
    const words = ['prove', 'nbd/fixed/disconnect-against-open', '--max-states', '10'];
    const { exit, out } = await lastref(words);
    expect(exit).toBe(1);
    expect(out).toContain('not proved');
  });

  it('gives a row per case', async () => {
    const { json } = await lastrefJson(['prove', 'nbd/buggy', '--all-cases']);
    expect(json).toMatchObject({
      proofs: [
        { address: 'nbd/buggy/main' },
        { address: 'nbd/buggy/no-overlap' },
        { address: 'nbd/buggy/last-close' },
      ],
    });
  });
});

describe('a program', () => {
  it.each([
    [['hunt', 'nbd/nope'], "no variant 'nope'"],
    [['hunt', 'nope/buggy'], "no scenario 'nope'"],
    [['prove', 'nbd'], 'is no address'],
    [['prove', 'nbd/buggy/nope'], "no case 'nope'"],
    [['prove', 'nbd/nope', '--all-cases'], "no variant 'nope'"],
  ])('that is not there is refused by name: %j', async (words, message) => {
    const { exit, err } = await lastref(words);
    expect(err).toContain(message);
    expect(exit).toBe(2);
  });

  it('from a file is checked, and its problems are listed by place', async () => {
    const program: object = { ...compileAddress('nbd/buggy/last-close'), tasks: 'none' };
    const { exit, err } = await lastref(['prove', file('bad.json', JSON.stringify(program))]);
    expect(exit).toBe(2);
    expect(err).toContain('bad.json is not a program:\n  /tasks:');
  });

  it('from a file that is no JSON is wrong use, one that is not there the environment', async () => {
    expect(await lastref(['prove', file('no.json', '{')])).toMatchObject({ exit: 2 });
    expect(await lastref(['prove', join(folder, 'nowhere.json')])).toMatchObject({ exit: 3 });
  });
});
