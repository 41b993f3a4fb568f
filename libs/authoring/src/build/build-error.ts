/** A mistake in a scenario, found while building it; the message names the place as a kernel call trace. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

/** The candidate nearest to a name by edit distance, for "did you mean". */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
        next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replace));
      }
      row = next;
    }
    return row[b.length] ?? 0;
  };
  const sorted = candidates
    .map((candidate) => ({ candidate, d: distance(name, candidate) }))
    .sort((a, b) => a.d - b.d);
  const best = sorted[0];
  return best !== undefined && best.d <= Math.max(3, name.length / 2) ? best.candidate : undefined;
}

export const didYouMean = (name: string, candidates: readonly string[]): string => {
  const near = nearest(name, candidates);
  return near === undefined ? '' : `; did you mean '${near}'?`;
};
