/** The expectation declared for an address, if the project has one. */
import type { Expectation } from '../expectation.js';
import { expectationsOf } from '../expectations.js';

export function expectationOf(address: string): Expectation | undefined {
  const [scenario = '', variant, name] = address.split('/');
  return expectationsOf(scenario).find((row) => row.variant === variant && row.case === name);
}

/** The expectation as answers carry it. */
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
