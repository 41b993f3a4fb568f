/**
 * Who gets how much of the next round. Half of a round always goes by the plan's shares, so that no strategy is given up;
 * the other half by merit, as far as failures have been seen: each signature of a failure is worth one, split among the
 * strategies by how often per schedule they show it. So a strategy that alone shows a rare bug earns as much as the best
 * at a common one.
 */
import { assert } from '@lastref/kernel';
import type { Allocation, Plan, Round } from './plan.js';

/** Schedules of round 0; every following round has twice as many. */
export const FIRST_ROUND = 1_000;

/** Part of a round that goes by merit once there is any. */
const BY_MERIT = 0.5;

/** @param history the rounds 0 to round - 1, complete. @returns nothing once the plan's schedules are spent */
export function allocate(round: number, history: readonly Round[], plan: Plan): Allocation[] {
  assert(history.length === round, `round ${round} needs the ${round} rounds before it`);
  const spent = history.flat().reduce((sum, { count }) => sum + count, 0);
  const size = Math.min(FIRST_ROUND * 2 ** round, plan.schedules - spent);
  if (size <= 0) return [];
  const counts = apportion(size, weights(history, plan));
  return plan.shares.flatMap(({ strategy }, i) => {
    const count = counts[i] ?? 0;
    if (count === 0) return [];
    return [{ strategy, seedFrom: plan.seedFrom + schedulesOf(history, strategy), count }];
  });
}

const schedulesOf = (history: readonly Round[], strategy: string): number =>
  history.flat().reduce((sum, part) => sum + (part.strategy === strategy ? part.count : 0), 0);

function weights(history: readonly Round[], { shares }: Plan): number[] {
  const base = normalised(shares.map(({ share }) => share));
  const merits = normalised(
    meritsOf(
      history,
      shares.map(({ strategy }) => strategy),
    ),
  );
  if (merits.every((merit) => merit === 0)) return base;
  return base.map((share, i) => share * (1 - BY_MERIT) + (merits[i] ?? 0) * BY_MERIT);
}

function normalised(numbers: readonly number[]): number[] {
  const total = numbers.reduce((a, b) => a + b, 0);
  return numbers.map((n) => (total === 0 ? 0 : n / total));
}

/** What each strategy has earned, in order. */
function meritsOf(history: readonly Round[], strategies: readonly string[]): number[] {
  const parts = history.flat();
  const failures = parts.flatMap(({ totals }) => totals.signatures.filter((s) => !s.report));
  const signatures = [...new Set(failures.map(({ signature }) => signature))];
  const rate = (strategy: string, signature: string): number => {
    let [shown, schedules] = [0, 0];
    for (const part of parts) {
      if (part.strategy !== strategy) continue;
      schedules += part.totals.schedules;
      shown += part.totals.signatures.find((s) => s.signature === signature)?.count ?? 0;
    }
    return schedules === 0 ? 0 : shown / schedules;
  };
  const earned = signatures.map((signature) =>
    normalised(strategies.map((strategy) => rate(strategy, signature))),
  );
  return strategies.map((_, i) => earned.reduce((sum, split) => sum + (split[i] ?? 0), 0));
}

/** Whole parts in proportion to the weights, by largest remainder; ties go to the first. */
function apportion(size: number, parts: readonly number[]): number[] {
  const ideal = normalised(parts).map((part) => part * size);
  const counts = ideal.map(Math.floor);
  const missing = size - counts.reduce((a, b) => a + b, 0);
  const remainders = ideal.map((n, i) => ({ i, rest: n - Math.floor(n) }));
  remainders.sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of remainders.slice(0, missing)) counts[i] = (counts[i] ?? 0) + 1;
  return counts;
}
