/** `hunt`, with no service, in this process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programJson } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { lastref, lastrefJson } from '../in-process.fixture.js';

const AB_BA = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const LOCK_ORDER = 'lock-order@gendisk.open_mutex+nbd_index_mutex';
const AA = 'deadlock@del_gendisk(gendisk.open_mutex)';

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
