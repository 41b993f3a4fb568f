/** Counts of those trials that found a bug, as text. */

/** Where the middle 95 % of a normal distribution ends. */
const Z = 1.96;

/** Mean with the 95 % interval of the mean (normal approximation), over the trials that found it; [n] if only n of all did. */
export function summary(counts: readonly number[], trials: number): string {
  if (counts.length === 0) return '-';
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  const found = counts.length === trials ? '' : ` [${counts.length}]`;
  return `${Math.round(mean)} +- ${halfWidth(counts, mean)}${found}`;
}

function halfWidth(counts: readonly number[], mean: number): string {
  if (counts.length === 1) return '?';
  const variance = counts.reduce((a, b) => a + (b - mean) ** 2, 0) / (counts.length - 1);
  return String(Math.round(Z * Math.sqrt(variance / counts.length)));
}
