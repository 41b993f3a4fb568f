/** What a hunt says of runs that were cut at their step limit. */
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programJson } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { lastref, lastrefJson } from '../in-process.fixture.js';

const STALLED = 'nbd/fixed/server-dies-worker-stalled';
const LIVELOCK = 'livelock@nbd_genl_connect';

it('counts cut runs apart, examines them, and bounds with each of them a failure', async () => {
  const words = ['hunt', STALLED, '--seed', '2000', '-n', '1000', '--threads', '1'];
  const { exit, json } = await lastrefJson(words);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    failed: 0,
    clean: 996,
    outside: 0,
    cut: 4,
    unjudged: 0,
    signatures: [],
    expectation: { held: true },
  });
  const { cutRuns, bound } = json as { cutRuns: unknown[]; bound: number };
  expect(bound).toBeGreaterThan(0.004);
  expect(cutRuns).toHaveLength(4);
  expect(cutRuns[0]).toEqual({
    strategy: 'rw/1',
    seed: 2190,
    means: 'livelock',
    signatures: [LIVELOCK],
    steps: null,
    works: [],
    replay: `npx --no lastref replay ${STALLED} --strategy rw/1 --seed 2190`,
    shrink: [`npx --no lastref shrink ${STALLED} --signature '${LIVELOCK}'`],
  });
  const { out } = await lastref(words);
  expect(out).toContain('0 failed, 996 clean, 4 cut at the step limit: neither clean nor failed');
  expect(out).toContain(`  4 can never end: ${LIVELOCK}; seeds 2190, 2226, 2423, 2992\n`);
  expect(out).toContain('(each run that was cut counted as a failure)');
});

it('holds no expectation by runs that were cut and not examined', async () => {
  const words = ['hunt', STALLED, '--seed', '2190', '-n', '1', '--examine-cut', '0'];
  const { exit, json } = await lastrefJson(words);
  expect(exit).toBe(1);
  expect(json).toMatchObject({
    cut: 1,
    unjudged: 1,
    cutRuns: [{ seed: 2190, means: null }],
    expectation: {
      why: [
        `${LIVELOCK} was not seen in the 0 runs that ended; 1 were cut`,
        '1 run was cut at the step limit and not judged',
      ],
    },
  });
  const { out } = await lastref(words);
  expect(out).toContain('1 run cut, none examined (--examine-cut); lowest seeds: 2190\n');
  expect(out).toContain('no run of rw/1 ended: nothing is known of how many fail');
  expect(out).not.toContain('fewer than');
});

it('lists the cut runs of each strategy of a portfolio', async () => {
  const words = ['hunt', STALLED, '-n', '3000', '--strategy', 'portfolio'];
  const { json } = await lastrefJson(words);
  const { cut, cutRuns } = json as { cut: number; cutRuns: { means: string | null }[] };
  expect(cut).toBeGreaterThan(0);
  expect(cutRuns.length).toBeGreaterThan(0);
  expect(cutRuns.filter(({ means }) => means !== null).length).toBeLessThanOrEqual(10);
});

it('fails by a livelock, and by what was not seen through, where nothing is expected', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lastref-cut-'));
  const path = join(folder, 'mine.json');
  writeFileSync(path, programJson({ ...compileAddress(STALLED), scenario: 'mine' }));
  const words = ['hunt', path, '--seed', '2190', '-n', '1'];
  expect(await lastrefJson(words)).toMatchObject({
    exit: 1,
    json: { expectation: null, failed: 0, cutRuns: [{ means: 'livelock' }] },
  });
  const unseen = await lastref([...words, '--examine-cut', '1']);
  expect(unseen.exit).toBe(1);
  expect(unseen.out).toContain('1 not seen through: the search ended first, raise --examine-cut');
  rmSync(folder, { recursive: true });
});
