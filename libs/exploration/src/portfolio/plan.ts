/**
 * A portfolio: how a number of schedules is spent on several strategies, in rounds that double. It is no strategy: it
 * only hands out ranges of seeds. What round r gets is a pure function of the plan and the complete ledger of the rounds
 * before, so a campaign that was interrupted, or is checked years later, allocates the same.
 */
import type { BatchTotals } from '../sampling/totals.js';

export interface Share {
  readonly strategy: string;
  /** Share of a round before anything is known; only ratios matter. */
  readonly share: number;
}

export interface Plan {
  readonly shares: readonly Share[];
  /** Over all rounds and strategies. */
  readonly schedules: number;
  /** First seed of every strategy. */
  readonly seedFrom: number;
}

/** A range of seeds of one strategy. */
export interface Allocation {
  readonly strategy: string;
  readonly seedFrom: number;
  readonly count: number;
}

/** A complete round: everything it was allocated, with what came of it. */
export type Round = readonly (Allocation & { readonly totals: BatchTotals })[];

/** Where nothing is known of a program: what found most on published benchmarks has most. */
export const PORTFOLIO_SHARES: readonly Share[] = [
  { strategy: 'surw/2', share: 25 },
  { strategy: 'pos/1', share: 20 },
  { strategy: 'pct/1:d=2', share: 7 },
  { strategy: 'pct/1:d=3', share: 7 },
  { strategy: 'pct/1:d=5', share: 6 },
  { strategy: 'pb/1:c=2', share: 10 },
  { strategy: 'db/1:d=2', share: 5 },
  { strategy: 'urw/2', share: 10 },
  { strategy: 'rw/1', share: 10 },
];

/** The name by which surfaces offer PORTFOLIO_SHARES beside the strategies. */
export const PORTFOLIO = 'portfolio';

/** The plan for a strategy's name, or for the portfolio. */
export const planOf = (strategy: string, seedFrom: number, schedules: number): Plan => ({
  shares: strategy === PORTFOLIO ? PORTFOLIO_SHARES : [{ strategy, share: 1 }],
  seedFrom,
  schedules,
});
