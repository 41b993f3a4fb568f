import { STRATEGIES } from '@lastref/exploration';
import { EXHIBITS } from '@lastref/literature';
import { finding, type FindingResult } from './finding.js';
import { bestPublished, PUBLISHED } from './published.js';
import { tablesOf } from './tables.js';

const quiet = { say: () => undefined, signal: new AbortController().signal };
const measured = async (programs: string[], cap = 500, proofs = true): Promise<FindingResult> => {
  const result = await finding({ trials: 2, cap, programs, proofs }, quiet);
  if ('refused' in result) throw new Error(result.message);
  return result;
};

it('has a cell per strategy and the portfolio, beside the published means and the proof', async () => {
  const { rows } = await measured(['deadlock01']);
  const [row] = rows;
  expect(row?.ours.map(({ strategy }) => strategy)).toEqual([...STRATEGIES, 'portfolio']);
  expect(row?.ours.every(({ found }) => found === 2)).toBe(true);
  expect(row?.best).toEqual({ tool: 'SURW', mean: 1.8 });
  expect(row?.proof).toMatchObject({
    states: 34,
    minimum: { cost: '0/1/2', grade: 'minimum (proved)' },
    fixed: 32,
  });
  expect(row?.proof?.exactly).toBeCloseTo(2.67, 1);
});

it('draws a table of ours, of theirs and of what is proved, each with a line per program', async () => {
  const tables = tablesOf(await measured(['deadlock01', 'queue-5']));
  expect(tables.map(({ cells }) => cells.length)).toEqual([3, 3, 3]);
  for (const { cells } of tables) expect(new Set(cells.map((line) => line.length)).size).toBe(1);
});

it('says that a trial found nothing within its cap', async () => {
  const { rows } = await measured(['safestack'], 1, false);
  expect(rows[0]?.ours.map(({ found }) => found)).toEqual(rows[0]?.ours.map(() => 0));
  expect(rows[0]?.proof).toBeNull();
  const [ours, theirs] = tablesOf({ trials: 2, cap: 1, strategies: ['portfolio'], rows });
  expect(ours?.cells[1]).toContain('-');
  expect(theirs?.cells[1]).toContain('368,921 [19]');
});

it('refuses a program that is none, and names those that are', async () => {
  const refusal = await finding({ trials: 1, cap: 1, programs: ['nothing'], proofs: false }, quiet);
  expect(refusal).toMatchObject({ refused: 'usage' });
  expect('message' in refusal && refusal.message).toContain('account');
});

it('ends at a strategy when it is interrupted, with the programs that are complete', async () => {
  const stop = new AbortController();
  const say = (line: string): void => {
    if (line.startsWith('deadlock01')) stop.abort();
  };
  const options = { trials: 1, cap: 100, programs: ['carter01', 'deadlock01'], proofs: false };
  const result = await finding(options, { say, signal: stop.signal });
  expect('rows' in result && result.rows.map(({ program }) => program)).toEqual(['carter01']);
});

it('has numbers for what is said to have some, and for nothing else', () => {
  const named = EXHIBITS.flatMap(({ published }) => published ?? []);
  expect([...named].sort()).toEqual(Object.keys(PUBLISHED).sort());
});

it('takes as the lowest only what always found it', () => {
  expect(bestPublished({ RW: [1, 19], POS: 7, SURW: 3 })).toEqual({ tool: 'SURW', mean: 3 });
  expect(bestPublished({ RW: [1, 19] })).toBeNull();
});
