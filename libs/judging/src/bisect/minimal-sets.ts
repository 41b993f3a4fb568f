/**
 * The smallest sets of switches of which something holds: all that have it and of which no proper subset has it. Sets are asked in
 * the order of their size, from the empty one. Two things are left out, and neither can be such a set: what contains a set that
 * was found; and what is reached only by switches that nobody asked for when the smaller set was built, since it is the same
 * program. So the answer is exact whether or not more switches always do more. A coroutine, so that who answers may take
 * threads and time.
 */
export interface Answer {
  /** unknown: no answer, by a budget. It counts as not holding, and makes the result incomplete. */
  readonly holds: boolean | 'unknown';
  /** What decided what was built. */
  readonly asked: readonly string[];
}

export interface MinimalSets {
  readonly sets: readonly (readonly string[])[];
  readonly tried: number;
  /** All sets of at most so many switches are accounted for; null: of any number. */
  readonly upTo: number | null;
  /** Sets of which it is not known. */
  readonly unknown: number;
}

export function* minimalSets(
  maxTried: number,
): Generator<readonly string[], MinimalSets, Answer | undefined> {
  const sets: (readonly string[])[] = [];
  const told = { tried: 0, unknown: 0 };
  const result = (upTo: number | null): MinimalSets => ({ sets, ...told, upTo });
  let level: readonly (readonly string[])[] = [[]];
  for (let size = 0; level.length > 0; size++) {
    const larger = new Map<string, readonly string[]>();
    for (const set of level) {
      if (sets.some((found) => contains(set, found))) continue;
      if (told.tried === maxTried) return result(size - 1);
      told.tried++;
      const answer = yield set;
      if (answer?.holds === true) {
        sets.push(set);
        continue;
      }
      if (answer?.holds === 'unknown') told.unknown++;
      for (const name of answer?.asked ?? []) {
        if (set.includes(name)) continue;
        const grown = [...set, name].sort();
        larger.set(grown.join(' '), grown);
      }
    }
    level = [...larger.values()];
  }
  return result(null);
}

const contains = (set: readonly string[], part: readonly string[]): boolean =>
  part.every((name) => set.includes(name));
