/**
 * When a hunt or campaign has seen enough. Judged at complete rounds only: what was still running when the answer came
 * must not decide it, else the same seeds would give different results on different machines. Time decides how many rounds
 * there are, never what is in them. There is no clock here: the caller says how much time has passed.
 */
import { countsOf, failingShare } from '../sampling/run-counts.js';
import { mergeTotals, NO_TOTALS } from '../sampling/totals.js';
import { matchesBug, type Bug } from './bug.js';
import { durationText } from './duration.js';
import type { Plan, Round } from './plan.js';
import type { StopRule } from './stop-rule.js';
import { widthOf } from './wilson.js';

/**
 * Why to stop after these complete rounds, in words; null to go on.
 * @param elapsedMs since the start of what is judged, when its last round was complete or later
 */
export function stopReason(
  rule: StopRule,
  history: readonly Round[],
  plan: Plan,
  elapsedMs: number,
): string | null {
  const spent = history.flat().reduce((sum, { count }) => sum + count, 0);
  if (spent >= plan.schedules) return 'all schedules have run';
  switch (rule.kind) {
    case 'count':
      return null;
    case 'first-failure':
      return allFailed(rule.bugs, firstFailures(history));
    case 'ci':
      return narrow(history, plan, rule.width)
        ? `the share of failing runs is known to ${rule.width} under every strategy`
        : null;
    case 'time':
      return elapsedMs >= rule.ms ? `the time of ${durationText(rule.ms)} is up` : null;
  }
}

function allFailed(
  bugs: readonly Bug[] | undefined,
  failures: readonly FirstFailure[],
): string | null {
  if (bugs === undefined) return failures.length > 0 ? 'a failure has been seen' : null;
  const seen = failures.map(({ signature }) => signature);
  const failed = (bug: Bug): boolean => seen.some((signature) => matchesBug(bug, signature));
  return bugs.every(failed) ? 'every expected bug has failed' : null;
}

function narrow(history: readonly Round[], { shares }: Plan, width: number): boolean {
  return shares.every(({ strategy }) => {
    const totals = history
      .flat()
      .filter((part) => part.strategy === strategy)
      .reduce((sum, part) => mergeTotals(sum, part.totals), NO_TOTALS);
    return widthOf(failingShare(countsOf(totals))) <= width;
  });
}

/** The first run that shows a failure, in order of rounds and of the plan's strategies. */
export interface FirstFailure {
  readonly signature: string;
  readonly round: number;
  readonly strategy: string;
  readonly seed: number;
}

/** One per signature, in order of finding. */
export function firstFailures(history: readonly Round[]): FirstFailure[] {
  const first = new Map<string, FirstFailure>();
  history.forEach((parts, round) => {
    for (const { strategy, totals } of parts)
      for (const { signature, report, lowestSeeds } of totals.signatures)
        if (!report && !first.has(signature))
          first.set(signature, { signature, round, strategy, seed: lowestSeeds[0] ?? 0 });
  });
  return [...first.values()];
}
