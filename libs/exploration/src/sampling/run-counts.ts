/**
 * Sampled runs by how they ended, and what they say of all runs of their strategy. A run that was cut is neither clean nor
 * failed: it may be a failure that never ends, so a bound counts it as one. A run outside the case says nothing of the case.
 */
import { wilson } from '../portfolio/wilson.js';

export interface RunCounts {
  readonly schedules: number;
  readonly failed: number;
  readonly clean: number;
  readonly outside: number;
  readonly cut: number;
}

/** What can be counted: totals of the engine, or of a part of a campaign. */
export interface Counted {
  readonly schedules: number;
  readonly outside: number;
  readonly cut: number;
  readonly signatures: readonly { readonly report: boolean; readonly count: number }[];
}

export function countsOf({ schedules, outside, cut, signatures }: Counted): RunCounts {
  const failed = signatures.reduce((sum, { report, count }) => sum + (report ? 0 : count), 0);
  return { schedules, failed, clean: schedules - failed - outside - cut, outside, cut };
}

/**
 * With 95 % confidence fewer than this share of the strategy's runs inside the case fail: 3/n where all n ended, and with
 * every cut run counted as a failure where some did not. null if one failed, or none ran inside the case.
 */
export function failureBound({ schedules, failed, outside, cut }: RunCounts): number | null {
  const inside = schedules - outside;
  if (failed > 0 || inside === 0) return null;
  return Math.min(1, cut === 0 ? 3 / inside : wilson(cut, inside).high);
}

/** Between which the share of failing runs lies, with 95 % confidence: a cut run may be a failure or not. */
export function failingShare({ schedules, failed, outside, cut }: RunCounts): {
  readonly low: number;
  readonly high: number;
} {
  const inside = schedules - outside;
  return { low: wilson(failed, inside).low, high: wilson(failed + cut, inside).high };
}
