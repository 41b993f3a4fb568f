import { firstFailures, type FirstFailureOptions } from './first-failure.js';
import { summary } from './summary.js';

const quiet = { say: () => undefined, signal: new AbortController().signal };
const options: FirstFailureOptions = { trials: 2, cap: 256, large: false, addresses: [] };

it('has a line per bug and a column per strategy', () => {
  const tables = firstFailures({ ...options, addresses: ['nbd/buggy/last-close'] }, quiet);
  expect(tables).toHaveLength(1);
  const [table] = tables as Extract<typeof tables, readonly unknown[]>;
  expect(table?.title).toContain('nbd/buggy/last-close: 1 tasks, 2 workers');
  expect(table?.cells[0]?.slice(0, 2)).toEqual(['bug', 'rw/1']);
  expect(table?.cells.slice(1).map((line) => line.length)).toEqual(
    table?.cells.slice(1).map(() => table.cells[0]?.length),
  );
  expect(table?.cells[1]?.[0]).toBe('`deadlock@del_gendisk(gendisk.open_mutex)`');
});

it('refuses an address that is none', () => {
  expect(firstFailures({ ...options, addresses: ['nbd/nothing/main'] }, quiet)).toMatchObject({
    refused: 'usage',
  });
});

it.each([
  [[], 3, '-'],
  [[4], 3, '4 +- ? [1]'],
  [[2, 4], 3, '3 +- 2 [2]'],
  [[3, 3, 3], 3, '3 +- 0'],
])('sums up %j of %i trials as %s', (counts, trials, text) => {
  expect(summary(counts, trials)).toBe(text);
});
