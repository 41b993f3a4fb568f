/**
 * Compares what was found with what a row expects. `why` says each difference in a sentence; none means that the
 * expectation held. The same comparison judges a proof (found = all that occurs), a hunt and one single run.
 */
import { matchesBug } from '@lastref/exploration';
import { kindOf } from '@lastref/kernel';
import type { Expectation } from '@lastref/scenarios';
import { parseExpect, type Expect } from './expect.js';

export interface Found {
  readonly failures: readonly string[];
  readonly reports: readonly string[];
  /** Some run ended clean. */
  readonly cleanEnds: boolean;
  /** Milestones that the case must reach and no run did. */
  readonly missed: readonly string[];
}

type Row = Pick<Expectation, 'expect' | 'reports'>;

/** Everything the row says must be found, and nothing else; a clean case must also reach its milestones. */
export function differences(row: Row, found: Found): string[] {
  const expect = parseExpect(row.expect);
  return [
    ...surplus(row, expect, found),
    ...missing(expect, found),
    ...row.reports
      .filter((kind) => !found.reports.some((signature) => kindOf(signature) === kind))
      .map((kind) => `no ${kind} was reported`),
    ...(expect.kind === 'clean'
      ? found.missed.map(
          (milestone) => `no run reaches ${milestone}, so a clean verdict says little`,
        )
      : []),
  ];
}

/** What one run shows against the row: only what should not be there. */
export const surplusOf = (row: Row, found: Pick<Found, 'failures' | 'reports'>): string[] =>
  surplus(row, parseExpect(row.expect), found);

function surplus(
  row: Row,
  expect: Expect,
  { failures, reports }: Pick<Found, 'failures' | 'reports'>,
): string[] {
  const listed = expect.kind === 'failures' ? [...expect.all, ...expect.any] : [];
  return [
    ...failures
      .filter((signature) => !listed.some((pattern) => matchesBug(pattern, signature)))
      .map((signature) => `unexpected: ${signature}`),
    ...reports
      .filter((signature) => !row.reports.includes(kindOf(signature)))
      .map((signature) => `unexpected report: ${signature}`),
  ];
}

function missing(expect: Expect, { failures, cleanEnds }: Found): string[] {
  switch (expect.kind) {
    case 'clean':
      return [];
    case 'unreachable':
      return cleanEnds ? ['some run reaches its end'] : [];
    case 'failures': {
      const occurs = expect.all.map(({ text }) => text);
      const unseen = expect.all.filter(
        (pattern) => !failures.some((signature) => matchesBug(pattern, signature)),
      );
      const none = occurs.length === 0 && failures.length === 0;
      return [
        ...unseen.map(({ text }) => `${text} does not occur`),
        ...(none ? [`none of ${expect.any.map(({ text }) => text).join(', ')} occurs`] : []),
      ];
    }
  }
}
