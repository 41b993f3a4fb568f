/** Nothing is measured here: a few schedules say nothing of speed. */
import * as exploration from '@lastref/exploration';
import * as scenarios from '@lastref/scenarios';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { against } from './against.js';
import { prepared, type EngineBuild } from './engine-build.js';
import { ENGINE_ROWS } from './names.js';
import { ENGINE_TASKS } from './tasks.js';

const quiet = { say: () => undefined, signal: new AbortController().signal };
const build = { exploration, scenarios } as unknown as EngineBuild;
const SCHEDULES = 500;

it('refuses a folder that holds no build', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lastref-against-'));
  const refused = await against({ folder, rows: [], starts: 1, rounds: 1 }, quiet);
  rmSync(folder, { recursive: true });
  expect(refused).toMatchObject({ refused: 'usage' });
});

it('has no row of what was interrupted', async () => {
  const folder = join(__dirname, '..', '..', '..', '..');
  const aborted = { say: quiet.say, signal: AbortSignal.abort() };
  const result = await against({ folder, rows: ['search-nbd'], starts: 1, rounds: 1 }, aborted);
  expect(result).toMatchObject({ rows: [{ ratio: null, reason: 'interrupted' }] });
});

it('measures tasks that say what came out, the same in every round', () => {
  const answers = ENGINE_ROWS.map((name) => {
    const task = { ...ENGINE_TASKS[name], amount: Math.min(ENGINE_TASKS[name].amount, SCHEDULES) };
    const run = prepared(build, task);
    const first = run();
    expect(run().answer).toEqual(first.answer);
    expect(first.work).toBe(task.amount);
    return first.answer;
  });
  expect(answers[0]).toEqual(answers[2]);
  expect(answers[4]).toMatchObject({ complete: true });
  expect(Number(answers[6]?.['states'])).toBeLessThan(Number(answers[4]?.['states']));
});
