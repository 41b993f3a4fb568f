/** The one run a command line names: by seed, by schedule, or by token. */
import { parseToken } from '@lastref/contracts';
import type { ReplayInput } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';
import { compiledByDigest, resolveProgram, type NamedProgram } from './resolve-program.js';

export interface RunWords {
  readonly strategy?: string | undefined;
  readonly seed?: number | undefined;
  readonly schedule?: string | undefined;
}

export interface NamedRun {
  readonly named: NamedProgram;
  readonly how: ReplayInput;
}

export const DEFAULT_STRATEGY = 'rw/1';

const FORMS =
  'name one run: a token, or an address with --seed (and --strategy), or with --schedule';

export async function resolveRun(reference: string, words: RunWords): Promise<Result<NamedRun>> {
  const { strategy, seed, schedule } = words;
  if (reference.startsWith('lr1.')) {
    if (strategy !== undefined || seed !== undefined || schedule !== undefined)
      return refused(EXIT.usage, `a token names its run alone; ${FORMS}`);
    return runOfToken(reference);
  }
  if ((seed === undefined) === (schedule === undefined)) return refused(EXIT.usage, FORMS);
  const named = await resolveProgram(reference);
  if (!named.ok) return named;
  if (seed !== undefined)
    return ok({ named: named.value, how: { strategy: strategy ?? DEFAULT_STRATEGY, seed } });
  if (strategy !== undefined) return refused(EXIT.usage, `a schedule needs no strategy; ${FORMS}`);
  return ok({ named: named.value, how: { schedule: schedule ?? '' } });
}

function runOfToken(token: string): Result<NamedRun> {
  const parsed = parseToken(token);
  if (!parsed.ok) return refused(EXIT.usage, parsed.message);
  const { program, ...how } = parsed.run;
  const named = compiledByDigest(program);
  return named.ok ? ok({ named: named.value, how }) : named;
}
