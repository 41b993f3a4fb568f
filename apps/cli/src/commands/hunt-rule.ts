/**
 * How far a hunt goes: the rule it stops by, and the most schedules it runs. Where bugs are expected, first-failure waits
 * for each of them. A time to stop by alone sets no number of schedules.
 */
import { parseStop, parseStrategyName, PORTFOLIO, type StopRule } from '@lastref/exploration';
import { SEED_MAX } from '@lastref/kernel';
import { EXIT } from '../exit-codes.js';
import { HUNT_SCHEDULES, HUNT_SCHEDULES_MAX } from '../limits.js';
import { ok, refused, type Result } from '../outcome.js';
import { expectedBugs } from '../verdicts/expected-bugs.js';
import type { HuntOptions } from '../answers/hunt.js';

export interface HuntLimit {
  /** null where the hunt is one single range of one strategy. */
  readonly rule: StopRule | null;
  readonly schedules: number;
}

export function limitOf({ strategy, seed, schedules, stop }: HuntOptions): Result<HuntLimit> {
  const name = strategy === PORTFOLIO ? null : parseStrategyName(strategy);
  if (name?.ok === false) return refused(EXIT.usage, `${name.message}, ${PORTFOLIO}`);
  const rule = ruleOf(strategy, stop);
  if (!rule.ok) return rule;
  const unasked =
    rule.value?.kind === 'time'
      ? Math.min(HUNT_SCHEDULES_MAX, SEED_MAX - seed + 1)
      : HUNT_SCHEDULES;
  const most = schedules ?? unasked;
  if (most - 1 > SEED_MAX - seed)
    return refused(EXIT.usage, '--seed and --schedules: the last seed would pass 2^53-1');
  return ok({ rule: rule.value, schedules: most });
}

function ruleOf(strategy: string, stop: string | undefined): Result<StopRule | null> {
  if (stop === undefined) return ok(strategy === PORTFOLIO ? { kind: 'count' } : null);
  const parsed = parseStop(stop);
  return parsed.ok ? ok(parsed.rule) : refused(EXIT.usage, `--stop: ${parsed.message}`);
}

/** The rule for one program: with the bugs that are expected of it. */
export function ruleFor(address: string, rule: StopRule): StopRule {
  if (rule.kind !== 'first-failure') return rule;
  const bugs = expectedBugs(address);
  return bugs.length === 0 ? rule : { ...rule, bugs };
}
