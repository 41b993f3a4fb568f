/** The expectation of a case, and whether it held, as answers carry them. */
import type { Expectation } from '@lastref/scenarios';

export interface Judged {
  readonly expect: string;
  readonly held: boolean;
  readonly why: readonly string[];
}

export const judged = (row: Expectation, why: readonly string[]): Judged => ({
  expect: row.expect,
  held: why.length === 0,
  why,
});

export const judgedLine = ({ expect, held, why }: Judged): string =>
  held ? `expected ${expect}: held` : `expected ${expect}: did not hold: ${why.join('; ')}`;
