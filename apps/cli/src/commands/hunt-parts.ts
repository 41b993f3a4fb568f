/** What each strategy of a hunt came to, and each signature over all of them. */
import {
  mergeTotals,
  NO_TOTALS,
  type BatchTotals,
  type Round,
  type SignatureTotals,
} from '@lastref/exploration';

export interface StrategyTotals {
  readonly strategy: string;
  readonly totals: BatchTotals;
}

/** Rounds added up per strategy, in order of first use. */
export function byStrategy(rounds: readonly Round[]): StrategyTotals[] {
  const sums = new Map<string, BatchTotals>();
  for (const { strategy, totals } of rounds.flat())
    sums.set(strategy, mergeTotals(sums.get(strategy) ?? NO_TOTALS, totals));
  return [...sums].map(([strategy, totals]) => ({ strategy, totals }));
}

export interface FoundSignature extends SignatureTotals {
  /** The strategy that shows it most often per schedule, whose lowest seeds these are. */
  readonly strategy: string;
}

/** Every signature with its count over all strategies, sorted. */
export function signaturesOf(parts: readonly StrategyTotals[]): FoundSignature[] {
  const all = parts.reduce((sum, { totals }) => mergeTotals(sum, totals), NO_TOTALS);
  return all.signatures.map((merged) => {
    const shown = parts.flatMap(({ strategy, totals }) => {
      const entry = totals.signatures.find(({ signature }) => signature === merged.signature);
      if (entry === undefined) return [];
      return [{ strategy, rate: entry.count / totals.schedules, lowestSeeds: entry.lowestSeeds }];
    });
    const best = shown.reduce((a, b) => (b.rate > a.rate ? b : a));
    return { ...merged, strategy: best.strategy, lowestSeeds: best.lowestSeeds };
  });
}
