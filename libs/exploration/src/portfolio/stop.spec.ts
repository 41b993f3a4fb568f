import { NO_TOTALS } from '../sampling/totals.js';
import { parseBug } from './bug.js';
import { planOf, type Plan, type Round } from './plan.js';
import type { StopRule } from './stop-rule.js';
import { firstFailures, stopReason } from './stop.js';
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

const reason = (
  rule: StopRule,
  history: readonly Round[],
  of: Plan = plan,
  elapsedMs = 0,
): string | null => stopReason(rule, history, of, elapsedMs);

const bugsOf = (...texts: string[]) => texts.flatMap((text) => parseBug(text) ?? []);

describe('stopReason', () => {
  it('always stops when all schedules have run', () => {
    expect(reason({ kind: 'count' }, [round(9_999, 0)], plan)).toBeNull();
    expect(reason({ kind: 'count' }, [round(10_000, 0)], plan)).toBe('all schedules have run');
  });

  it('does not take a share for known while runs that were cut may be failures', () => {
    const rule = { kind: 'ci', width: 0.05 } as const;
    expect(reason(rule, [round(1_000, 10)])).not.toBeNull();
    const [part] = round(1_000, 10);
    if (part === undefined) throw new Error('a round has a part');
    const cut = [{ ...part, totals: { ...part.totals, cut: 300 } }];
    expect(reason(rule, [cut])).toBeNull();
  });

  it('stops at the first failure, or when every bug of a list has failed', () => {
    const rule = { kind: 'first-failure' } as const;
    expect(reason(rule, [round(1_000, 0)], plan)).toBeNull();
    expect(reason(rule, [round(1_000, 2)], plan)).toBe('a failure has been seen');
    const both = { ...rule, bugs: bugsOf('deadlock@a', 'deadlock@b') };
    expect(reason(both, [round(1_000, 2)], plan)).toBeNull();
    const rounds = [round(1_000, 2), round(2_000, 1, 'deadlock@b')];
    expect(reason(both, rounds, plan)).toBe('every expected bug has failed');
  });

  it('knows a bug by its functions, and waits for it past other failures', () => {
    const rule = { kind: 'first-failure', bugs: bugsOf('deadlock@a+b') } as const;
    expect(reason(rule, [round(1_000, 2, 'use-after-free@a')])).toBeNull();
    expect(reason(rule, [round(1_000, 2, 'deadlock@b(two)+a(one)')])).not.toBeNull();
  });

  it('stops when the time is up, at a complete round, unless all schedules have run first', () => {
    const rule = { kind: 'time', ms: 90_000 } as const;
    expect(reason(rule, [round(1_000, 0)], plan, 89_999)).toBeNull();
    expect(reason(rule, [round(1_000, 0)], plan, 90_000)).toBe('the time of 90s is up');
    expect(reason(rule, [round(10_000, 0)], plan, 89_999)).toBe('all schedules have run');
    expect(reason(rule, [round(10_000, 0)], plan, 90_001)).toBe('all schedules have run');
  });

  it('stops when the interval is narrow enough', () => {
    const rule = { kind: 'ci', width: 0.05 } as const;
    expect(reason(rule, [round(1_000, 500)], plan)).toBeNull();
    expect(reason(rule, [round(1_000, 500), round(2_000, 1_000)], plan)).toBe(
      'the share of failing runs is known to 0.05 under every strategy',
    );
  });

  it('judges every strategy by itself', () => {
    const two = { ...plan, shares: [...plan.shares, { strategy: 'pos/1', share: 1 }] };
    expect(reason({ kind: 'ci', width: 0.05 }, [round(5_000, 0)], two)).toBeNull();
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
