import { replayCommand, shrinkCommand } from './commands.js';
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
