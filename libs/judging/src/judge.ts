/**
 * Compares what was found with what a row expects. `why` says each difference in a sentence; none means that the
 * expectation held. The same comparison judges a proof (found = all that occurs), a hunt and one single run.
 */
import { matchesBug, type RunCounts } from '@lastref/exploration';
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
  /** How the runs ended that were sampled; absent for a search, which says what occurs at all. */
  readonly sampled?: RunCounts;
}

type Row = Pick<Expectation, 'expect' | 'reports'>;

/** Everything the row says must be found, and nothing else; a clean case must also reach its milestones. */
export function differences(row: Row, found: Found): string[] {
  const expect = parseExpect(row.expect);
  return [
    ...unreadable(expect),
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
export function surplusOf(row: Row, found: Pick<Found, 'failures' | 'reports'>): string[] {
  const expect = parseExpect(row.expect);
  return [...unreadable(expect), ...surplus(row, expect, found)];
}

/** What keeps every expectation from holding: runs of which it is not known how they would have ended. */
export const cutDiffers = (unjudged: number): string[] =>
  unjudged === 0
    ? []
    : [`${unjudged} run${unjudged === 1 ? ' was' : 's were'} cut at the step limit and not judged`];

const unreadable = (expect: Expect): string[] =>
  expect.kind === 'unreadable' ? [expect.message] : [];

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

/** What a search says of all runs, sampling says of those that ended. */
function absent(sampled: RunCounts | undefined): (text: string) => string {
  if (sampled === undefined) return (text) => `${text} does not occur`;
  const ended = sampled.failed + sampled.clean;
  const among = `in the ${ended} run${ended === 1 ? '' : 's'} that ended`;
  const beside = sampled.cut === 0 ? '' : `; ${sampled.cut} were cut`;
  return (text) => `${text} was not seen ${among}${beside}`;
}

function missing(expect: Expect, { failures, cleanEnds, sampled }: Found): string[] {
  switch (expect.kind) {
    case 'clean':
    case 'unreadable':
      return [];
    case 'unreachable':
      return cleanEnds ? ['some run reaches its end'] : [];
    case 'failures': {
      const occurs = expect.all.map(({ text }) => text);
      const unseen = expect.all.filter(
        (pattern) => !failures.some((signature) => matchesBug(pattern, signature)),
      );
      const none = occurs.length === 0 && failures.length === 0;
      const any = `any of ${expect.any.map(({ text }) => text).join(', ')}`;
      return [...unseen.map(({ text }) => text), ...(none ? [any] : [])].map(absent(sampled));
    }
  }
}
