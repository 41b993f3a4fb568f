import { NO_TOTALS, type SignatureTotals } from '../sampling/totals.js';
import { allocate, FIRST_ROUND } from './allocate.js';
import {
  planOf,
  PORTFOLIO,
  PORTFOLIO_SHARES,
  type Allocation,
  type Plan,
  type Round,
} from './plan.js';

const shown = (signature: string, count: number): SignatureTotals => ({
  signature,
  kind: 'deadlock',
  report: false,
  count,
  lanes: [0, 0, 0, 0],
  lowestSeeds: [0],
});

/** A round in which these strategies showed these signatures so often. */
const ran = (
  allocations: readonly Allocation[],
  found: Readonly<Record<string, readonly SignatureTotals[]>> = {},
): Round =>
  allocations.map((part) => ({
    ...part,
    totals: { ...NO_TOTALS, schedules: part.count, signatures: found[part.strategy] ?? [] },
  }));

const total = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { count }) => sum + count, 0);
const countOf = (allocations: readonly Allocation[], strategy: string): number =>
  allocations.find((part) => part.strategy === strategy)?.count ?? 0;

const plan = planOf(PORTFOLIO, 500, 100_000);
const two: Plan = {
  shares: [
    { strategy: 'rw/1', share: 1 },
    { strategy: 'pos/1', share: 1 },
  ],
  schedules: 100_000,
  seedFrom: 0,
};

describe('allocate', () => {
  it('gives the first round by the shares, from the first seed', () => {
    const first = allocate(0, [], plan);
    expect(total(first)).toBe(FIRST_ROUND);
    expect(first.map(({ count }) => count)).toEqual(
      PORTFOLIO_SHARES.map(({ share }) => share * 10),
    );
    expect(first.every(({ seedFrom }) => seedFrom === 500)).toBe(true);
  });

  it('doubles its rounds, never repeats a seed, and spends exactly what is planned', () => {
    const history: Round[] = [];
    const next = new Map<string, number>();
    for (let round = 0; ; round++) {
      const allocations = allocate(round, history, plan);
      if (allocations.length === 0) break;
      for (const { strategy, seedFrom, count } of allocations) {
        expect(seedFrom).toBe(next.get(strategy) ?? plan.seedFrom);
        next.set(strategy, seedFrom + count);
      }
      history.push(ran(allocations));
    }
    expect(history.map(total)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 37_000]);
  });

  it('gives half of a round to whoever shows the failures', () => {
    const first = allocate(0, [], two);
    const second = allocate(1, [ran(first, { 'pos/1': [shown('deadlock@a', 5)] })], two);
    expect(countOf(second, 'pos/1')).toBe(1_500);
    expect(countOf(second, 'rw/1')).toBe(500);
  });

  it('counts a rare bug as much as a common one', () => {
    const first = allocate(0, [], two);
    const found = { 'pos/1': [shown('deadlock@a', 400)], 'rw/1': [shown('deadlock@b', 1)] };
    const second = allocate(1, [ran(first, found)], two);
    expect(countOf(second, 'pos/1')).toBe(countOf(second, 'rw/1'));
  });

  it('does not count reports as failures', () => {
    const first = allocate(0, [], two);
    const found = { 'pos/1': [{ ...shown('lock-order@a+b', 400), report: true }] };
    expect(countOf(allocate(1, [ran(first, found)], two), 'pos/1')).toBe(1_000);
  });

  it('refuses a history that is not complete', () => {
    expect(() => allocate(2, [ran(allocate(0, [], two))], two)).toThrow(
      'needs the 2 rounds before',
    );
  });

  it('runs a single strategy on its own', () => {
    const single = planOf('pct/1:d=3', 7, 300);
    expect(allocate(0, [], single)).toEqual([{ strategy: 'pct/1:d=3', seedFrom: 7, count: 300 }]);
  });
});
