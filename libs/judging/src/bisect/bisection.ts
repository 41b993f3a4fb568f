/** What a bisection says of a bug: which switches make it, which mend it, and which bugs have one cause. Plain data. */

export interface Change {
  readonly switch: string;
  readonly to: 'on' | 'off';
}

export interface MendingSet {
  readonly changes: readonly Change[];
  /** Failures of another kind that occur then; none: nothing fails any more. */
  readonly left: readonly string[];
}

export interface FailingSet {
  /** All switches that are on. */
  readonly switches: readonly string[];
}

/** How far a search for smallest sets came. */
export interface Reach {
  readonly tried: number;
  /** All sets of at most so many switches are accounted for; null: of any number. */
  readonly upTo: number | null;
  /** Sets of which a budget ended the search. */
  readonly unknown: number;
}

export interface Bisection {
  readonly address: string;
  readonly signature: string;
  /** Switches on in the variant. */
  readonly on: readonly string[];
  readonly fails: { readonly sets: readonly FailingSet[] } & Reach;
  readonly mends: { readonly sets: readonly MendingSet[] } & Reach;
}

export const isComplete = ({ upTo, unknown }: Reach): boolean => upTo === null && unknown === 0;

export const changeText = ({ switch: name, to }: Change): string =>
  to === 'on' ? `+${name}` : `-${name}`;

/** Bugs that the same smallest changes mend. */
export interface RootCause {
  readonly mendedBy: readonly (readonly Change[])[];
  readonly bugs: readonly { readonly address: string; readonly signature: string }[];
}

/** In the order of the first bug of each. Bugs that nothing mends, or of which not all is known, share no cause with others. */
export function rootCauses(bisections: readonly Bisection[]): RootCause[] {
  const causes = new Map<
    string,
    { mendedBy: RootCause['mendedBy']; bugs: RootCause['bugs'][number][] }
  >();
  bisections.forEach(({ address, signature, mends }, i) => {
    const mendedBy = mends.sets.map(({ changes }) => changes);
    const written = mendedBy.map((changes) => changes.map(changeText).sort().join(' ')).sort();
    const known = isComplete(mends) && written.length > 0;
    const key = known ? written.join(' | ') : `${i}`;
    const cause = causes.get(key) ?? { mendedBy, bugs: [] };
    cause.bugs.push({ address, signature });
    causes.set(key, cause);
  });
  return [...causes.values()];
}
