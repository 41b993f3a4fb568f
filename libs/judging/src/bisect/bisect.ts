/**
 * Bisects one bug over the lattice of its scenario's switches: the smallest sets of switches that make the case fail so, from none
 * on; and the smallest sets of changes to the variant that mend it. A set mends where every run was searched, none shows the
 * signature, and the milestones of the case are reached; whatever else fails then is told beside it. Asks for one search
 * after the other; who answers may know it already.
 */
import type { Program } from '@lastref/kernel';
import type { Bisection, Change, MendingSet } from './bisection.js';
import type { Lattice, Searched } from './lattice.js';
import { minimalSets, type Answer, type MinimalSets } from './minimal-sets.js';

export interface Question {
  readonly program: Program;
  readonly behaviour: string;
}

/** Undefined only to begin with. A program that goes past a bound of its own is answered by null. */
export type Reply = Searched | null | undefined;

type Asking<T> = Generator<Question, T, Reply>;

export function* bisect(
  lattice: Lattice,
  signature: string,
  on: readonly string[],
  maxSets: number,
): Asking<Bisection> {
  const fails = yield* over(
    lattice,
    maxSets,
    (set) => set,
    (found) => {
      if (found === null) return false;
      return found.failures.includes(signature) || (found.complete ? false : 'unknown');
    },
  );
  const left = new Map<string, readonly string[]>();
  const switched = (set: readonly string[]): readonly string[] => [
    ...on.filter((name) => !set.includes(name)),
    ...set.filter((name) => !on.includes(name)),
  ];
  const mends = yield* over(lattice, maxSets, switched, (found, set) => {
    if (found === null || found.failures.includes(signature)) return false;
    if (!found.complete) return 'unknown';
    left.set(set.join(' '), found.failures);
    return found.missed.length === 0;
  });
  const changeOf = (name: string): Change => ({
    switch: name,
    to: on.includes(name) ? 'off' : 'on',
  });
  const mending = (set: readonly string[]): MendingSet => ({
    changes: set.map(changeOf),
    left: left.get(set.join(' ')) ?? [],
  });
  return {
    address: lattice.address,
    signature,
    on,
    fails: { ...fails, sets: fails.sets.map((switches) => ({ switches })) },
    mends: { ...mends, sets: mends.sets.map(mending) },
  };
}

/** @param switches that are on for a set */
function* over(
  lattice: Lattice,
  maxSets: number,
  switches: (set: readonly string[]) => readonly string[],
  judge: (found: Searched | null, set: readonly string[]) => Answer['holds'],
): Asking<MinimalSets> {
  const search = minimalSets(maxSets);
  for (let next = search.next(); ;) {
    if (next.done === true) return next.value;
    const set = next.value;
    const { program, behaviour, asked } = lattice.at(switches(set));
    const found = program === null ? null : ((yield { program, behaviour }) ?? null);
    next = search.next({ holds: judge(found, set), asked });
  }
}
