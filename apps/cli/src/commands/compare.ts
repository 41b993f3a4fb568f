/**
 * `lastref compare`: one run on every variant of its scenario, as a table: what becomes of the schedule there, and whether that program
 * has the signature at all, by exhaustive search.
 */
import { isToken } from '@lastref/contracts';
import { formatToken } from '@lastref/contracts';
import { matchesBug, replay as replayRun } from '@lastref/exploration';
import { addressOf, type Trace } from '@lastref/kernel';
import { compareRun, firstPattern, parseExpect, placesOf, type Place } from '@lastref/judging';
import { expectationOf, switchesOf } from '@lastref/scenarios';
import type { Comparison, ComparedRow, SearchedRow } from '../answers/compare.js';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, isOfCase, ok, refusal, refused, type Outcome, type Result } from '../outcome.js';
import { isFile, resolveProgram, type NamedProgram } from '../programs/resolve-program.js';
import { resolveRun, type RunWords } from '../programs/resolve-run.js';
import { compareText } from '../text/compare-text.js';
import { shrinkTarget } from './shrink-target.js';

export interface CompareOptions extends RunWords {
  readonly signature?: string | undefined;
  /** Search every program too. */
  readonly search: boolean;
  readonly maxStates: number;
  readonly maxNodes: number;
}

export async function compare(
  reference: string,
  options: CompareOptions,
  io: Io,
): Promise<Outcome> {
  if (isFile(reference))
    return refusal(
      EXIT.usage,
      'a program file has no variants: name a scenario that comes with Lastref',
    );
  const run = await runOf(reference, options, io);
  if (!run.ok) return run.refusal;
  const { named, trace, signature } = run.value;
  const places = placesOf(named.program);
  const rows: ComparedRow[] = [];
  io.progress.begin(places.length, 'programs');
  for (const place of places) {
    const searched = options.search ? await searchOf(place, signature, options, io) : ok(null);
    if (!searched.ok) {
      io.progress.end();
      return searched.refusal;
    }
    rows.push(rowOf(place, compareRun(trace, signature, place), searched.value));
    io.progress.update(rows.length);
  }
  io.progress.end();
  const json: Comparison = {
    address: named.address,
    program: named.digest,
    signature,
    schedule: trace.schedule,
    token: formatToken({ program: named.digest, schedule: trace.schedule }),
    rows,
  };
  return answer(EXIT.ok, json, compareText(json));
}

interface ComparedSource {
  readonly named: NamedProgram;
  readonly trace: Trace;
  readonly signature: string | null;
}

/** The run that the words name; without any, the reproduction of the signature, or of the case's first failure. */
async function runOf(
  reference: string,
  options: CompareOptions,
  io: Io,
): Promise<Result<ComparedSource>> {
  const { strategy, seed, schedule, signature } = options;
  const isRun = isToken(reference) || seed !== undefined || schedule !== undefined;
  if (!isRun) {
    if (strategy !== undefined)
      return refused(EXIT.usage, 'a strategy draws the schedule of a seed: give --seed too');
    return reproductionOf(reference, signature, options, io);
  }
  if (signature !== undefined)
    return refused(EXIT.usage, 'a run shows what it shows: leave out --signature, or the run');
  const run = await resolveRun(reference, { strategy, seed, schedule }, io);
  if (!run.ok) return run;
  const { named, how } = run.value;
  const result = replayRun(named.program, how);
  if (!result.ok) return refused(EXIT.usage, result.message);
  const { trace } = result;
  const failure = trace.verdict.outcome === 'failed' ? trace.verdict.signature : null;
  return ok({ named, trace, signature: failure ?? trace.reports[0] ?? null });
}

async function reproductionOf(
  reference: string,
  asked: string | undefined,
  { maxNodes, maxStates }: CompareOptions,
  io: Io,
): Promise<Result<ComparedSource>> {
  const resolved = await resolveProgram(reference);
  if (!resolved.ok) return resolved;
  const named = resolved.value;
  const signature =
    asked === undefined
      ? await firstFailure(named, maxStates, io)
      : await shrinkTarget(named, { signature: asked }, maxStates, io);
  if (!signature.ok) return signature;
  const target = signature.value.signature;
  const shrunk = await io.engine.shrink(named.program, target, { maxNodes }, io.signal);
  if (!shrunk.ok) return shrunk;
  if (!shrunk.value.ok) return refused(EXIT.failed, shrunk.value.message);
  return ok({ named, trace: shrunk.value.trace, signature: target });
}

/** The failure that the case is there for, else the first. */
async function firstFailure(
  { program, address }: NamedProgram,
  maxStates: number,
  io: Io,
): Promise<Result<{ signature: string }>> {
  const found = await io.engine.prove(program, { maxStates, reduce: true }, io.signal);
  if (!found.ok) return found;
  const { failures } = found.value;
  const row = expectationOf(address);
  const first = row === undefined ? undefined : firstPattern(parseExpect(row.expect));
  const signature =
    failures.find((one) => first !== undefined && matchesBug(first, one)) ?? failures[0];
  if (signature !== undefined) return ok({ signature });
  return refused(
    EXIT.usage,
    `no run of ${address} fails${found.value.complete ? '' : ' as far as was searched'}: name a run with --seed or --schedule, or a variant that fails`,
  );
}

async function searchOf(
  { program }: Place,
  signature: string | null,
  { maxStates }: CompareOptions,
  io: Io,
): Promise<Result<SearchedRow | null>> {
  if (program === null) return ok(null);
  const found = await io.engine.prove(program, { maxStates, reduce: true }, io.signal);
  if (!found.ok) return isOfCase(found.refusal) ? ok(null) : found;
  const { complete, failures, reports, states } = found.value;
  const has = signature !== null && [...failures, ...reports].includes(signature);
  return ok({ complete, failures, states, has: has ? true : complete ? false : null });
}

function rowOf(
  place: Place,
  run: ReturnType<typeof compareRun>,
  searched: SearchedRow | null,
): ComparedRow {
  const { address, variant, borrowed, program } = place;
  const expected = borrowed ? undefined : expectationOf(address);
  return {
    address,
    variant,
    switches: program === null || borrowed ? [] : switchesOf(addressOf(program)).on,
    borrowed,
    run,
    searched,
    expected: expected?.expect ?? null,
  };
}
