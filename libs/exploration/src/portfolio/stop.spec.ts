import { NO_TOTALS } from '../sampling/totals.js';
import { planOf, type Round } from './plan.js';
import { firstFailures, parseStop, stopReason } from './stop.js';
import { widthOf, wilson } from './wilson.js';

const round = (schedules: number, failing: number, signature = 'deadlock@a', seed = 3): Round => [
  {
    strategy: 'rw/1',
    seedFrom: 0,
    count: schedules,
    totals: {
      ...NO_TOTALS,
      schedules,
      signatures:
        failing === 0
          ? []
          : [
              {
                signature,
                kind: 'deadlock',
                report: false,
                count: failing,
                lanes: [0, 0, 0, 0],
                lowestSeeds: [seed],
              },
            ],
    },
  },
];

const plan = planOf('rw/1', 0, 10_000);

describe('stopReason', () => {
  it('always stops when all schedules have run', () => {
    expect(stopReason({ kind: 'count' }, [round(9_999, 0)], plan)).toBeNull();
    expect(stopReason({ kind: 'count' }, [round(10_000, 0)], plan)).toBe('all schedules have run');
  });

  it('stops at the first failure, or when every bug of a list has failed', () => {
    const rule = { kind: 'first-failure' } as const;
    expect(stopReason(rule, [round(1_000, 0)], plan)).toBeNull();
    expect(stopReason(rule, [round(1_000, 2)], plan)).toBe('a failure has been seen');
    const both = { ...rule, bugs: ['deadlock@a', 'deadlock@b'] };
    expect(stopReason(both, [round(1_000, 2)], plan)).toBeNull();
    const rounds = [round(1_000, 2), round(2_000, 1, 'deadlock@b')];
    expect(stopReason(both, rounds, plan)).toBe('every bug has failed');
  });

  it('stops when the interval is narrow enough', () => {
    const rule = { kind: 'ci', width: 0.05 } as const;
    expect(stopReason(rule, [round(1_000, 500)], plan)).toBeNull();
    expect(stopReason(rule, [round(1_000, 500), round(2_000, 1_000)], plan)).toBe(
      'the share of failing runs is known to 0.05 under every strategy',
    );
  });

  it('judges every strategy by itself', () => {
    const two = { ...plan, shares: [...plan.shares, { strategy: 'pos/1', share: 1 }] };
    expect(stopReason({ kind: 'ci', width: 0.05 }, [round(5_000, 0)], two)).toBeNull();
  });
});

describe('firstFailures', () => {
  it('names round, strategy and seed of the first of each signature', () => {
    const rounds = [round(10, 0), round(10, 2), round(10, 1, 'deadlock@b', 25), round(10, 4)];
    expect(firstFailures(rounds)).toEqual([
      { signature: 'deadlock@a', round: 1, strategy: 'rw/1', seed: 3 },
      { signature: 'deadlock@b', round: 2, strategy: 'rw/1', seed: 25 },
    ]);
  });
});

describe('parseStop', () => {
  it.each([
    ['count', { kind: 'count' }],
    ['first-failure', { kind: 'first-failure' }],
    ['ci:0.01', { kind: 'ci', width: 0.01 }],
  ])('%s', (text, rule) => {
    expect(parseStop(text)).toEqual({ ok: true, rule });
  });

  it.each(['', 'ci', 'ci:0', 'ci:1', 'ci:1e-3', 'first'])('refuses %p', (text) => {
    expect(parseStop(text)).toEqual({
      ok: false,
      message: `'${text}' is no rule to stop by; there are: count, first-failure, ci:<width between 0 and 1>`,
    });
  });
});

describe('wilson', () => {
  it('has the values of the literature', () => {
    const { low, high } = wilson(10, 100);
    expect(low).toBeCloseTo(0.0552, 4);
    expect(high).toBeCloseTo(0.1744, 4);
  });

  it('is never empty', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilson(0, 100)).toMatchObject({ low: 0 });
    expect(widthOf(wilson(0, 100))).toBeCloseTo(0.037, 3);
    expect(wilson(100, 100)).toMatchObject({ high: 1 });
  });
});
