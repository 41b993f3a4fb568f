/**
 * Durations as people write them: a whole number and one unit, `90s`. One spelling per length of time is printed, so that
 * what was asked for reads the same in every answer.
 */
import { EXPLORATION_LIMITS } from '../limits.js';

/** Milliseconds of each unit, largest first. */
const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** Milliseconds; null for what is no duration, is none at all, or is longer than a rule may wait. */
export function parseDuration(text: string): number | null {
  const [, digits, name] = /^([1-9]\d*)(ms|s|m|h)$/.exec(text) ?? [];
  const unit = UNITS.find(([candidate]) => candidate === name);
  if (unit === undefined) return null;
  const ms = Number(digits) * unit[1];
  return ms <= EXPLORATION_LIMITS.stopMs ? ms : null;
}

/** In the largest unit that leaves a whole number. */
export function durationText(ms: number): string {
  const [name, length] = UNITS.find(([, unit]) => ms % unit === 0) ?? ['ms', 1];
  return `${ms / length}${name}`;
}
