import { ruleFor } from './hunt-rule.js';

const FIRST = { kind: 'first-failure' } as const;

describe('first-failure', () => {
  it('waits for each bug that is expected to occur, not for those that may', () => {
    expect(ruleFor('nbd/patch-v1/rmmod-after-disconnect', FIRST)).toMatchObject({
      kind: 'first-failure',
      bugs: [{ kind: 'refcount-underflow', functions: ['nbd_put'] }],
    });
  });

  it.each([
    ['nothing is expected to fail', 'nbd/fixed/last-close'],
    ['it is left open which do', 'nbd/fixed/overlapping-rmmod'],
    ['nothing is declared', 'mine/buggy/main'],
  ])('takes any failure where %s', (_, address) => {
    expect(ruleFor(address, FIRST)).toBe(FIRST);
  });
});

it('other rules are the same for every program', () => {
  const rule = { kind: 'time', ms: 1_000 } as const;
  expect(ruleFor('nbd/buggy/main', rule)).toBe(rule);
});
