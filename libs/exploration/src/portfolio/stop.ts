/**
 * When a hunt or campaign has seen enough. Judged at complete rounds only: what was still running when the answer came
 * must not decide it, else the same seeds would give different results on different machines.
 */
import type { Plan, Round } from './plan.js';
import { widthOf, wilson } from './wilson.js';

export type StopRule =
  /** All the plan's schedules. */
  | { readonly kind: 'count' }
  /** Every bug in the list has failed once; any failure, where there is no list. */
  | { readonly kind: 'first-failure'; readonly bugs?: readonly string[] }
  /** The share of failing runs is known to this width under every strategy. */
  | { readonly kind: 'ci'; readonly width: number };

export type ParsedStop =
  { readonly ok: true; readonly rule: StopRule } | { readonly ok: false; readonly message: string };

export function parseStop(text: string): ParsedStop {
  if (text === 'count') return { ok: true, rule: { kind: 'count' } };
  if (text === 'first-failure') return { ok: true, rule: { kind: 'first-failure' } };
  const width = Number(/^ci:(0?\.[0-9]+)$/.exec(text)?.[1] ?? Number.NaN);
  if (width > 0 && width < 1) return { ok: true, rule: { kind: 'ci', width } };
  const message = `'${text}' is no rule to stop by; there are: count, first-failure, ci:<width between 0 and 1>`;
  return { ok: false, message };
}

/** Why to stop after these complete rounds, in words; null to go on. */
export function stopReason(rule: StopRule, history: readonly Round[], plan: Plan): string | null {
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
  }
}

function allFailed(
  bugs: readonly string[] | undefined,
  failures: readonly FirstFailure[],
): string | null {
  if (bugs === undefined) return failures.length > 0 ? 'a failure has been seen' : null;
  const seen = failures.map(({ signature }) => signature);
  return bugs.every((bug) => seen.includes(bug)) ? 'every bug has failed' : null;
}

function narrow(history: readonly Round[], { shares }: Plan, width: number): boolean {
  return shares.every(({ strategy }) => {
    let [failing, schedules] = [0, 0];
    for (const part of history.flat()) {
      if (part.strategy !== strategy) continue;
      schedules += part.totals.schedules;
      for (const { report, count } of part.totals.signatures) failing += report ? 0 : count;
    }
    return widthOf(wilson(failing, schedules)) <= width;
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
