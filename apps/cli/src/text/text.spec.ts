import { replayCommand, shrinkCommand } from './commands.js';
import { countsText, shareText } from './counts-text.js';
import { count, duration, plural } from './numbers.js';
import { table } from './table.js';

describe('numbers', () => {
  it('are grouped by thousands', () => {
    expect([0, 999, 1000, 1_234_567.8].map(count)).toEqual(['0', '999', '1,000', '1,234,567']);
  });

  it('of time take the unit that fits', () => {
    expect([850, 12_340, 245_000, 12_000_000].map(duration)).toEqual([
      '850 ms',
      '12.3 s',
      '4 min 05 s',
      '3 h 20 min',
    ]);
  });

  it('agree with their word', () => {
    expect([plural(1, 'run'), plural(2000, 'run')]).toEqual(['1 run', '2,000 runs']);
  });
});

it('a table lines up, and a very long cell moves only its own row', () => {
  const long = 'x'.repeat(60);
  expect(
    table([
      ['a', 'b'],
      ['ccc', 'd'],
      [long, 'e'],
    ]),
  ).toBe(`a    b\nccc  d\n${long}  e\n`);
});

it('command lines quote what a shell would read', () => {
  expect(replayCommand('nbd/buggy', 'rw/1', 7)).toBe(
    'npx --no lastref replay nbd/buggy --strategy rw/1 --seed 7',
  );
  expect(shrinkCommand('a/b', "leak@f(it's)", 'rw/1', 7)).toBe(
    "npx --no lastref shrink a/b --signature 'leak@f(it'\\''s)' --strategy rw/1 --seed 7",
  );
});

it('runs are counted by how they ended', () => {
  const counts = { schedules: 100, failed: 3, clean: 97, outside: 0, cut: 0 };
  expect(countsText(counts)).toBe('3 failed, 97 clean');
  expect(countsText({ ...counts, clean: 90, outside: 5, cut: 2 })).toBe(
    '3 failed, 90 clean, 5 left the case: neither clean nor failed, 2 cut at the step limit: neither clean nor failed',
  );
});

it('a share above one half is no one in 1', () => {
  expect([1, 0.9999, 0.7, 0.5, 0.4, 0.1, 0.00217175].map(shareText)).toEqual([
    '100 % of them',
    '99.9 % of them',
    '70 % of them',
    '1 in 2',
    '1 in 2.5',
    '1 in 10',
    '1 in 460',
  ]);
});
