/**
 * The candidate nearest to a name by edit distance, for "did you mean"; undefined if none is near. The work is bounded, whatever
 * the names are and however many: candidates are looked at in the order of how much their length differs, until so many letters
 * have been compared. Nothing longer than any of our names is a misspelling of one.
 */
const LONGEST = 400;
const CELLS = 4_000_000;

export function nearest(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  const most = Math.max(3, name.length / 2);
  const possible = candidates
    .map((candidate, place) => ({
      candidate,
      place,
      off: Math.abs(candidate.length - name.length),
    }))
    .filter(({ off }) => off <= most)
    .sort((a, b) => a.off - b.off);
  const compared = [];
  let cells = 0;
  for (const { candidate, place } of possible) {
    cells += (name.length + 1) * (candidate.length + 1);
    if (cells > CELLS) break;
    compared.push({ candidate, place, d: distance(name, candidate) });
  }
  // Of equally near ones the first.
  const [best] = compared.sort((a, b) => a.d - b.d || a.place - b.place);
  return best !== undefined && best.d <= most ? best.candidate : undefined;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Uint16Array.from({ length: b.length + 1 }, (_, i) => i);
  let next = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    next[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replace);
    }
    [row, next] = [next, row];
  }
  return row[b.length] ?? 0;
}
