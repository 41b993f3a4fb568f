import type { Expectation } from '@lastref/scenarios';
import type { ProgramStatus, StatusProof } from '@lastref/storage';
import { judge } from './standing.js';

const LEAK = 'leak@a(dev)';
const OTHER = 'null-deref@b(dev.x)';

const row = (expect: string): Expectation => ({
  scenario: 's',
  variant: 'v',
  case: 'main',
  title: 't',
  expect,
  reports: [],
  basis: 'report',
});

const status = (failures: string[], proof: StatusProof | null = null): ProgramStatus => ({
  program: 'p',
  schedules: 100,
  outside: 0,
  cut: 0,
  failing: failures.length,
  failures,
  reports: [],
  proof,
  updatedAt: new Date(0),
});

const proof = (complete: boolean, failures: string[]): StatusProof => ({
  operation: 1,
  complete,
  semantics: 1,
  states: 10,
  transitions: 20,
  depth: 5,
  stateKeys: 'a'.repeat(64),
  cleanEnds: true,
  missed: [],
  failures,
  reports: [],
});

describe('a program stands', () => {
  it.each([
    ['clean', undefined, 'unknown'],
    ['clean', { ...status([]), schedules: 0 }, 'unknown'],
    ['clean', status([]), 'sampled'],
    ['clean', status([], proof(false, [])), 'bounded'],
    ['clean', status([], proof(true, [])), 'proved'],
    ['clean', status([LEAK]), 'wrong'],
    ['clean', status([], proof(false, [LEAK])), 'wrong'],
    ['all:leak@a', status([]), 'sampled'],
    ['all:leak@a', status([], proof(false, [])), 'bounded'],
    ['all:leak@a', status([], proof(true, [])), 'wrong'],
    ['all:leak@a', status([LEAK]), 'fails as expected'],
    ['all:leak@a', status([LEAK, OTHER]), 'wrong'],
    ['all:leak@a;null-deref@b', status([LEAK]), 'sampled'],
    ['all:leak@a;null-deref@b', status([LEAK], proof(false, [OTHER])), 'fails as expected'],
    ['unreachable', status([]), 'wrong'],
    ['unreachable', { ...status([]), cut: 100 }, 'sampled'],
  ])('expected %s, known %j: %s', (expect_, known, standing) => {
    expect(judge(known, row(expect_)).standing).toBe(standing);
  });

  it('without an expectation by what it is known to do', () => {
    expect(judge(status([LEAK]), undefined).standing).toBe('fails');
    expect(judge(status([], proof(true, [])), undefined).standing).toBe('proved');
  });

  it('wrong with the reason', () => {
    expect(judge(status([LEAK]), row('clean')).why).toEqual([`unexpected: ${LEAK}`]);
  });
});
