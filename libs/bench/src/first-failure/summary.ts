/** Counts of those trials that found a bug, as text and as numbers. */

/** Where the middle 95 % of a normal distribution ends. */
const Z = 1.96;

export interface Mean {
  readonly mean: number;
  /** Half of the 95 % interval of the mean (normal approximation); null of a single trial. */
  readonly halfWidth: number | null;
}

/** Of the trials that found it; null if none did. */
export function meanOf(counts: readonly number[]): Mean | null {
  if (counts.length === 0) return null;
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  if (counts.length === 1) return { mean, halfWidth: null };
  const variance = counts.reduce((a, b) => a + (b - mean) ** 2, 0) / (counts.length - 1);
  return { mean, halfWidth: Z * Math.sqrt(variance / counts.length) };
}

/** Mean with its interval; [n] if only n of all trials found it. */
export function summary(counts: readonly number[], trials: number): string {
  const of = meanOf(counts);
  if (of === null) return '-';
  const found = counts.length === trials ? '' : ` [${counts.length}]`;
  const half = of.halfWidth === null ? '?' : Math.round(of.halfWidth);
  return `${Math.round(of.mean)} +- ${half}${found}`;
}
