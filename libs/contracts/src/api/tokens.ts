/**
 * Replay tokens: one printable word that names one run for ever. Two forms:
 *   lr1.<program digest>.<strategy, / written as ~>.<seed>
 *   lr1.<program digest>.schedule.<schedule>
 * Made of characters that no shell and no URL changes. Parsing is strict: what `formatToken` did not
 * write is refused, with a message that says what is wrong.
 */
import { digestSchema, scheduleSchema, strategySchema } from './atoms.js';
import { MAX_TOKEN } from './limits.js';

export type RunName =
  { program: string; strategy: string; seed: number } | { program: string; schedule: string };

export type TokenResult = { ok: true; run: RunName } | { ok: false; message: string };

const PREFIX = 'lr1';
const SCHEDULE = 'schedule';

export function formatToken(run: RunName): string {
  const rest =
    'schedule' in run
      ? [SCHEDULE, run.schedule]
      : [run.strategy.replaceAll('/', '~'), String(run.seed)];
  return [PREFIX, run.program, ...rest].join('.');
}

export function parseToken(token: string): TokenResult {
  if (token.length > MAX_TOKEN) return refuse(`is longer than ${MAX_TOKEN} characters`);
  const [prefix, program = '', how = '', ...rest] = token.split('.');
  const what = rest.join('.');
  if (prefix !== PREFIX) return refuse(`does not start with ${PREFIX}.`);
  if (!digestSchema.safeParse(program).success) return refuse('has no program digest after lr1.');
  if (how === SCHEDULE) {
    if (!scheduleSchema.safeParse(what).success) return refuse('holds no schedule (0-9, a-z)');
    return { ok: true, run: { program, schedule: what } };
  }
  const strategy = how.replaceAll('~', '/');
  if (!strategySchema.safeParse(strategy).success) return refuse('names no strategy such as rw~1');
  const seed = /^(0|[1-9][0-9]{0,15})$/.test(what) ? Number(what) : -1;
  if (!Number.isSafeInteger(seed) || seed < 0) return refuse('ends in no seed from 0 to 2^53-1');
  return { ok: true, run: { program, strategy, seed } };
}

function refuse(reason: string): TokenResult {
  return { ok: false, message: `not a replay token: it ${reason}` };
}
