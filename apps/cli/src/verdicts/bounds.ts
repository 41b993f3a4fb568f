/**
 * What a campaign says where nothing failed: with 95 % confidence fewer than 3/n of a strategy's runs fail. Per program
 * and strategy, because shares of failing runs under different strategies are different quantities.
 */
import type { Campaign } from '@lastref/contracts';
import { byStrategy, type MergedParts } from './merge-parts.js';

export interface Bound extends Pick<MergedParts, 'program' | 'address' | 'strategy' | 'schedules'> {
  /** null if one failed, or none ran yet. */
  readonly bound: number | null;
}

export const boundsOf = (campaign: Pick<Campaign, 'parts'>): Bound[] =>
  byStrategy(campaign).map((part) => {
    const { program, address, strategy, schedules } = part;
    return { program, address, strategy, schedules, bound: boundOf(part) };
  });

export function boundOf({ schedules, signatures }: MergedParts): number | null {
  const failed = signatures.some(({ report }) => !report);
  return failed || schedules === 0 ? null : 3 / schedules;
}
