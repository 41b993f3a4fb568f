/** An expectation: what exhaustive search is to say about one case, kept as the project's own data. */

/** Where an expectation comes from: the bug report, the source code, or reasoning about the model. */
export type Basis = 'report' | 'source' | 'inferred';

export interface Expectation {
  readonly scenario: string;
  readonly variant: string;
  readonly case: string;
  readonly title: string;
  /**
   * `clean`, `unreachable`, or failures as `kind@function`: `all:A;B` each occurs and no other, `any:A;B` at least one
   * and no other, `all:A|any:B;C` A and nothing beyond. The functions of a deadlock are joined by +.
   */
  readonly expect: string;
  /** events/preemptions/switches of the canonical reproduction of the first failure listed. */
  readonly min?: string;
  /** Kinds of reports that occur in some run. */
  readonly reports: readonly string[];
  /** The case whose clean verdict shows that the failure is not one of the model: `fixed/main`. */
  readonly control?: string;
  readonly basis: Basis;
  /** Why the row differs from what was first expected; absent where a model proved nothing wrong. */
  readonly corrected?: string;
}

/** What a row says beyond its case. */
export type ExpectationRow = Omit<Expectation, 'scenario' | 'variant' | 'case'>;

/** Rows by variant and case, in the order given. */
export const expectations = (
  scenario: string,
  rows: Readonly<Record<string, Readonly<Record<string, ExpectationRow>>>>,
): Expectation[] =>
  Object.entries(rows).flatMap(([variant, cases]) =>
    Object.entries(cases).map(([name, row]) => ({ scenario, variant, case: name, ...row })),
  );
