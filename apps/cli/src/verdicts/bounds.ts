/**
 * How the runs of a campaign ended, and what they say where none failed: with 95 % confidence fewer than the bound of a
 * strategy's runs fail. Per program and strategy, because shares of failing runs under different strategies are different
 * quantities. A run that was cut counts as a failure there, as everywhere.
 */
import type { Campaign } from '@lastref/contracts';
import { countsOf, failureBound, type RunCounts } from '@lastref/exploration';
import { byStrategy, type MergedParts } from './merge-parts.js';

export interface Bound extends Pick<MergedParts, 'program' | 'address' | 'strategy'>, RunCounts {
  readonly cutSeeds: readonly number[];
  /** null if one failed, or none ran yet. */
  readonly bound: number | null;
}

export const boundsOf = (campaign: Pick<Campaign, 'parts'>): Bound[] =>
  byStrategy(campaign).map((part) => {
    const { program, address, strategy, cutSeeds } = part;
    const counts = countsOf(part);
    return { program, address, strategy, ...counts, cutSeeds, bound: failureBound(counts) };
  });
