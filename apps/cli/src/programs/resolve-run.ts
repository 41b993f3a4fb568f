/** The one run a command line names: by seed, by schedule, or by token. */
import { isToken, parseToken } from '@lastref/contracts';
import type { ReplayInput } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';
import { findProgram, type FindIo, type FoundProgram, type Sources } from './find-program.js';
import { resolveProgram } from './resolve-program.js';

export interface RunWords extends Sources {
  readonly strategy?: string | undefined;
  readonly seed?: number | undefined;
  readonly schedule?: string | undefined;
}

export interface NamedRun {
  readonly named: FoundProgram;
  readonly how: ReplayInput;
}

export const DEFAULT_STRATEGY = 'rw/1';

const FORMS =
  'name one run: a token, or an address with --seed (and --strategy), or with --schedule';

export async function resolveRun(
  reference: string,
  words: RunWords,
  io: FindIo,
): Promise<Result<NamedRun>> {
  const { strategy, seed, schedule } = words;
  if (isToken(reference)) {
    if (strategy !== undefined || seed !== undefined || schedule !== undefined)
      return refused(EXIT.usage, `a token names its run alone; ${FORMS}`);
    return runOfToken(reference, words, io);
  }
  if (words.program !== undefined || words.url !== undefined)
    return refused(EXIT.usage, `--program and --url say where the program of a token is; ${FORMS}`);
  if ((seed === undefined) === (schedule === undefined)) return refused(EXIT.usage, FORMS);
  const named = await resolveProgram(reference);
  if (!named.ok) return named;
  if (seed !== undefined)
    return ok({ named: named.value, how: { strategy: strategy ?? DEFAULT_STRATEGY, seed } });
  if (strategy !== undefined) return refused(EXIT.usage, `a schedule needs no strategy; ${FORMS}`);
  return ok({ named: named.value, how: { schedule: schedule ?? '' } });
}

export async function runOfToken(
  token: string,
  sources: Sources,
  io: FindIo,
): Promise<Result<NamedRun>> {
  const parsed = parseToken(token);
  if (!parsed.ok) return refused(EXIT.usage, parsed.message);
  const { program, ...how } = parsed.run;
  const named = await findProgram(program, sources, io);
  return named.ok ? ok({ named: named.value, how }) : named;
}
