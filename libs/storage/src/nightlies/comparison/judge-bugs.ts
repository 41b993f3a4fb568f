/**
 * What became of bugs, by how often each of the last nights met them. Pure.
 * A bug that one night does not meet may be rare, so absence alone says nothing: it is gone when the nights since it was last
 * met (or, where it came back by another way, since that) ran so many schedules of its scenario and variant that its rate
 * before would have made GONE_AT_EXPECTED meetings likely. Every night has seeds of its own, so nights are independent samples.
 */
import { GONE_AT_EXPECTED } from '../../limits.js';

export interface Night {
  campaign: number;
  /** Schedules it ran, by `scenario/variant`. */
  schedules: ReadonlyMap<string, number>;
}

export interface BugEventRow {
  kind: 'found' | 'gone' | 'regressed';
  campaign: number | null;
  at: Date;
}

export interface MetBug {
  bug: number;
  scenario: string;
  variant: string;
  signature: string;
  report: boolean;
  /** How often each of the nights met it. */
  counts: readonly number[];
  /** Oldest first. */
  history: readonly BugEventRow[];
}

export type BugFate = 'new' | 'gone' | 'regressed' | 'unmet' | 'standing';

export interface JudgedBug extends MetBug {
  fate: BugFate;
  count: number;
  countBefore: number;
  expected: number;
}

/** @param nights oldest first; the last is the one that is judged. Bugs that were gone before and still are, or were not looked for, are left out. */
export function judgeBugs(nights: readonly Night[], bugs: readonly MetBug[]): JudgedBug[] {
  const last = nights.length - 1;
  return bugs.flatMap((bug) => {
    const count = bug.counts[last] ?? 0;
    const countBefore = sum(bug.counts.slice(0, last));
    const expected = expectedSince(nights, bug);
    const fate = fateOf(nights, bug, expected);
    return fate === null ? [] : [{ ...bug, fate, count, countBefore, expected }];
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function fateOf(nights: readonly Night[], bug: MetBug, expected: number): BugFate | null {
  const last = nights.length - 1;
  const night = nights[last];
  if (night === undefined) return null;
  const here = bug.history.filter(({ campaign }) => campaign === night.campaign);
  const is = (kind: BugEventRow['kind']): boolean => here.some((event) => event.kind === kind);
  if ((bug.counts[last] ?? 0) > 0) {
    if (is('regressed')) return 'regressed';
    return bug.counts.slice(0, last).every((count) => count === 0) ? 'new' : 'standing';
  }
  if (is('gone')) return 'gone';
  if (wasGone(bug, night.campaign)) return null;
  if ((night.schedules.get(placeOf(bug)) ?? 0) === 0) return null;
  return expected >= GONE_AT_EXPECTED ? 'gone' : 'unmet';
}

/** Campaigns are numbered as they begin. */
const before = ({ campaign }: BugEventRow, other: number): boolean =>
  campaign !== null && campaign < other;

const wasGone = ({ history }: MetBug, campaign: number): boolean =>
  history.filter((event) => before(event, campaign)).at(-1)?.kind === 'gone';

const placeOf = ({ scenario, variant }: MetBug): string => `${scenario}/${variant}`;

/** How often the nights without it would have met it at the rate of the nights up to its last meeting. */
function expectedSince(nights: readonly Night[], bug: MetBug): number {
  const met = bug.counts.findLastIndex((count) => count > 0);
  const ran = (some: readonly Night[]): number =>
    sum(some.map(({ schedules }) => schedules.get(placeOf(bug)) ?? 0));
  const schedules = ran(nights.slice(0, met + 1));
  if (schedules === 0) return 0;
  const back = bug.history.findLast((event) => event.kind === 'regressed')?.campaign ?? 0;
  const since = nights.slice(met + 1).filter(({ campaign }) => campaign > back);
  return (sum(bug.counts) / schedules) * ran(since);
}
