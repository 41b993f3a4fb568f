/** The rules to stop by, and how people write them. */
import { EXPLORATION_LIMITS } from '../limits.js';
import type { Bug } from './bug.js';
import { durationText, parseDuration } from './duration.js';

export type StopRule =
  /** All the plan's schedules. */
  | { readonly kind: 'count' }
  /** Every bug in the list has failed once; any failure, where there is no list. */
  | { readonly kind: 'first-failure'; readonly bugs?: readonly Bug[] }
  /** The share of failing runs is known to this width under every strategy. */
  | { readonly kind: 'ci'; readonly width: number }
  /** So much time has passed since the start; by whose clock is the caller's matter. */
  | { readonly kind: 'time'; readonly ms: number };

export type ParsedStop =
  { readonly ok: true; readonly rule: StopRule } | { readonly ok: false; readonly message: string };

const LONGEST = durationText(EXPLORATION_LIMITS.stopMs);

export function parseStop(text: string): ParsedStop {
  if (text === 'count') return { ok: true, rule: { kind: 'count' } };
  if (text === 'first-failure') return { ok: true, rule: { kind: 'first-failure' } };
  if (text.startsWith('time:')) return parseTime(text);
  const width = Number(/^ci:(0?\.[0-9]+)$/.exec(text)?.[1] ?? Number.NaN);
  if (width > 0 && width < 1) return { ok: true, rule: { kind: 'ci', width } };
  const message = `'${text}' is no rule to stop by; there are: count, first-failure, ci:<width between 0 and 1>, time:<duration>`;
  return { ok: false, message };
}

function parseTime(text: string): ParsedStop {
  const ms = parseDuration(text.slice('time:'.length));
  if (ms !== null) return { ok: true, rule: { kind: 'time', ms } };
  const message = `'${text}' names no duration from 1ms to ${LONGEST}: write a whole number and ms, s, m or h, as in time:90s`;
  return { ok: false, message };
}
