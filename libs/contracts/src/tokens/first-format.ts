/**
 * Tokens of format 1, as long as their runs; read for ever, written no more:
 *   lr1.<program digest>.<strategy, / written as ~>.<seed>
 *   lr1.<program digest>.schedule.<schedule>
 */
import { digestSchema, scheduleSchema, strategySchema } from '../api/atoms.js';
import { refuse, type TokenResult } from './run-name.js';

export const FIRST = 'lr1.';

const SCHEDULE = 'schedule';

export function parseFirst(token: string): TokenResult {
  const [program = '', how = '', ...rest] = token.slice(FIRST.length).split('.');
  const what = rest.join('.');
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
