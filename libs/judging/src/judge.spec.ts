import { matchesBug } from '@lastref/exploration';
import { parseExpect } from './expect.js';
import { differences, surplusOf, type Found } from './judge.js';

const NOTHING: Found = { failures: [], reports: [], cleanEnds: true, missed: [] };
const A = 'leak@a(dev)';
const B = 'null-deref@b(dev.x)';
const C = 'double-free@c(dev freed by f)';

const agrees = (expect: string, failures: readonly string[]): boolean =>
  differences({ expect, reports: [] }, { ...NOTHING, failures }).length === 0;

describe('an expectation', () => {
  it.each([
    ['clean', [], true],
    ['clean', [A], false],
    ['all:leak@a', [A], true],
    ['all:leak@a', [], false],
    ['all:leak@a', [A, B], false],
    ['all:leak@a;null-deref@b', [A, B], true],
    ['all:leak@a;null-deref@b', [A], false],
    ['any:leak@a;null-deref@b', [B], true],
    ['any:leak@a;null-deref@b', [A, B], true],
    ['any:leak@a;null-deref@b', [], false],
    ['any:leak@a;null-deref@b', [A, C], false],
    ['all:leak@a|any:null-deref@b;double-free@c', [A], true],
    ['all:leak@a|any:null-deref@b;double-free@c', [A, C], true],
    ['all:leak@a|any:null-deref@b', [B], false],
    ['all:leak@a|any:null-deref@b', [A, C], false],
  ])('%s of %j: %s', (text, failures, held) => {
    expect(agrees(text, failures)).toBe(held);
  });

  it('wants its reports and no other', () => {
    const row = { expect: 'clean', reports: ['lock-order'] };
    const found = { ...NOTHING, reports: ['lock-order@a+b'] };
    expect(differences(row, found)).toEqual([]);
    expect(differences(row, NOTHING)).toEqual(['no lock-order was reported']);
    expect(differences({ ...row, reports: [] }, found)).toEqual([
      'unexpected report: lock-order@a+b',
    ]);
  });

  it('that is clean wants its milestones reached', () => {
    const found = { ...NOTHING, missed: ['connected'] };
    expect(differences({ expect: 'clean', reports: [] }, found)).toHaveLength(1);
    expect(differences({ expect: 'any:leak@a', reports: [] }, { ...found, failures: [A] })).toEqual(
      [],
    );
  });

  it('of something unreachable holds when no run comes to its end', () => {
    const row = { expect: 'unreachable', reports: [] };
    expect(differences(row, NOTHING)).toEqual(['some run reaches its end']);
    expect(differences(row, { ...NOTHING, cleanEnds: false })).toEqual([]);
  });

  it('is contradicted by one run only through what should not be there', () => {
    const row = { expect: 'all:leak@a', reports: [] };
    expect(surplusOf(row, { failures: [], reports: [] })).toEqual([]);
    expect(surplusOf(row, { failures: [B], reports: [] })).toEqual([`unexpected: ${B}`]);
  });

  it.each(['', 'none:leak@a', 'all:leak', 'all:a@b@c', 'leak@a'])(
    '%j cannot be read, and holds for nothing',
    (text) => {
      const why = [expect.stringContaining(`the expectation '${text}' cannot be read: `)];
      expect(differences({ expect: text, reports: [] }, NOTHING)).toEqual(why);
      expect(surplusOf({ expect: text, reports: [] }, NOTHING)).toEqual(why);
    },
  );

  it('may name a function with colons', () => {
    const failure = 'leak@ns::open(dev)';
    expect(agrees('all:leak@ns::open', [failure])).toBe(true);
    expect(agrees('all:leak@ns::close|any:null-deref@ns::b', [failure])).toBe(false);
  });

  it('that sampling does not see is not said never to occur, and cut runs are named beside', () => {
    const sampled = { schedules: 10, failed: 0, clean: 7, outside: 1, cut: 2 };
    const row = { expect: 'all:leak@a', reports: [] };
    expect(differences(row, NOTHING)).toEqual(['leak@a does not occur']);
    expect(differences(row, { ...NOTHING, sampled })).toEqual([
      'leak@a was not seen in the 7 runs that ended; 2 were cut',
    ]);
    expect(differences({ ...row, expect: 'any:leak@a' }, { ...NOTHING, sampled })).toEqual([
      'any of leak@a was not seen in the 7 runs that ended; 2 were cut',
    ]);
  });
});

describe('a failure of a row', () => {
  const is = (pattern: string, signature: string): boolean => {
    const parsed = parseExpect(`all:${pattern}`);
    const first = parsed.kind === 'failures' ? parsed.all[0] : undefined;
    return first !== undefined && matchesBug(first, signature);
  };

  it('of a deadlock is a cycle: it may start anywhere, but keeps its direction', () => {
    expect(is('deadlock@a+b+c', 'deadlock@b(x)+c(y)+a(z)')).toBe(true);
    expect(is('deadlock@a+b+c', 'deadlock@b(x)+a(y)+c(z)')).toBe(false);
    expect(is('deadlock@a', 'deadlock@a(x)+b(y)')).toBe(false);
  });

  it('of a leak is contained in the set that leaked', () => {
    expect(is('leak@a', 'leak@a(x)+b(y)')).toBe(true);
    expect(is('leak@c', 'leak@a(x)+b(y)')).toBe(false);
  });

  it('of a hang names all root waits, in any order', () => {
    expect(is('hung-task@b+a', 'hung-task@a(x)+b(y)')).toBe(true);
    expect(is('hung-task@a', 'hung-task@a(x)+b(y)')).toBe(false);
  });

  it('of any other kind names the function', () => {
    expect(is('use-after-free@f', 'use-after-free@f(dev freed by g)')).toBe(true);
    expect(is('use-after-free@f', 'double-free@f(dev freed by g)')).toBe(false);
    expect(is('use-after-free@f', 'use-after-free@g(dev freed by f)')).toBe(false);
  });
});
