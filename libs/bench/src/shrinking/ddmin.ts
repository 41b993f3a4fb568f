/**
 * Delta debugging: A. Zeller, R. Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE Transactions on Software
 * Engineering 28(2), 2002, figure 3. Parts, then their complements, of ever finer granularity; what is left is 1-minimal.
 */

/** @param fails whether what is given still fails; the whole list does */
export function ddmin<T>(
  whole: readonly T[],
  fails: (list: readonly T[]) => boolean,
): readonly T[] {
  let list = whole;
  let granularity = 2;
  while (list.length >= 2) {
    const parts = split(list, granularity);
    const part = parts.find(fails);
    if (part !== undefined) {
      [list, granularity] = [part, 2];
      continue;
    }
    const rest = parts
      .map((_, i) => parts.filter((__, j) => j !== i).flat())
      .find((complement) => parts.length > 2 && fails(complement));
    if (rest !== undefined) {
      [list, granularity] = [rest, Math.max(granularity - 1, 2)];
      continue;
    }
    if (granularity >= list.length) return list;
    granularity = Math.min(2 * granularity, list.length);
  }
  return list;
}

/** So many parts, as equal as they can be. */
function split<T>(list: readonly T[], count: number): (readonly T[])[] {
  const bound = (i: number): number => Math.floor((i * list.length) / count);
  return Array.from({ length: count }, (_, i) => list.slice(bound(i), bound(i + 1)));
}
