/**
 * What a shrink is about: the signature that is asked for, in full or in the short form of expectations (kind@function), or
 * the one that the run to start from shows. Where none fits, the refusal names those there are and the nearest.
 */
import { matchesBug, parseBug, replay as replayRun, type ReplayInput } from '@lastref/exploration';
import { KINDS, nearest, signatureParts } from '@lastref/kernel';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { ok, refused, type Result } from '../outcome.js';
import type { NamedProgram } from '../programs/resolve-program.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';

export interface ShrinkWords {
  readonly strategy?: string | undefined;
  readonly seed?: number | undefined;
  readonly schedule?: string | undefined;
  readonly signature?: string | undefined;
}

export interface ShrinkTarget {
  readonly signature: string;
  readonly start?: ReplayInput;
}

const FORMS =
  'name what to shrink: --seed (and --strategy) or --schedule of a failing run, or --signature, or both';

/** @param maxStates of the search for the signatures that a short form stands for */
export async function shrinkTarget(
  named: NamedProgram,
  { strategy, seed, schedule, signature }: ShrinkWords,
  maxStates: number,
  io: Io,
): Promise<Result<ShrinkTarget>> {
  if (signature !== undefined && !isSignature(signature))
    return refused(
      EXIT.usage,
      `'${signature}' is no signature: write kind@function(detail) or kind@function`,
    );
  if (seed !== undefined && schedule !== undefined)
    return refused(EXIT.usage, `a run has a seed or a schedule; ${FORMS}`);
  if (strategy !== undefined && seed === undefined)
    return refused(EXIT.usage, `a strategy draws the schedule of a seed; ${FORMS}`);
  if (schedule !== undefined) return shownBy(named, { schedule }, signature);
  if (seed !== undefined)
    return shownBy(named, { strategy: strategy ?? DEFAULT_STRATEGY, seed }, signature);
  if (signature === undefined) return refused(EXIT.usage, FORMS);
  return isShort(signature) ? inFull(named, signature, maxStates, io) : ok({ signature });
}

/** The near signatures of a program, for a refusal of one that no run has. */
export async function nearWords(
  { program }: NamedProgram,
  asked: string,
  maxStates: number,
  io: Io,
): Promise<string> {
  const found = await io.engine.prove(program, { maxStates }, io.signal);
  if (!found.ok) return '';
  const { failures, reports, complete } = found.value;
  return `; ${complete ? '' : 'as far as was searched '}${shownWords(asked, [...failures, ...reports])}`;
}

const isSignature = (text: string): boolean =>
  KINDS.some((kind) => text.startsWith(`${kind}@`) && text.length > kind.length + 1);

const isShort = (signature: string): boolean =>
  signatureParts(signature).parts.every(({ detail }) => detail === undefined);

async function inFull(
  { program, address }: NamedProgram,
  asked: string,
  maxStates: number,
  io: Io,
): Promise<Result<ShrinkTarget>> {
  const found = await io.engine.prove(program, { maxStates }, io.signal);
  if (!found.ok) return found;
  const { failures, reports, complete } = found.value;
  const shown = [...failures, ...reports];
  const fitting = fittingOf(asked, shown);
  const [signature] = fitting;
  if (signature === undefined)
    return refused(
      EXIT.failed,
      complete
        ? `no run of ${address} shows ${asked}; ${shownWords(asked, shown)}`
        : `no run of ${address} seen so far shows ${asked}; raise --max-nodes, or give a failing seed`,
    );
  return fitting.length === 1 ? ok({ signature }) : several(asked, fitting);
}

/** Those that the text names: itself, or else all that the short form stands for. */
function fittingOf(asked: string, shown: readonly string[]): readonly string[] {
  if (shown.includes(asked)) return [asked];
  const bug = isShort(asked) ? parseBug(asked) : null;
  return bug === null ? [] : shown.filter((signature) => matchesBug(bug, signature));
}

/** What the run shows: the signature that is asked for, or else its failure, or else its only report. */
function shownBy(
  { program, address }: NamedProgram,
  start: ReplayInput,
  asked: string | undefined,
): Result<ShrinkTarget> {
  const run = replayRun(program, start);
  if (!run.ok) return refused(EXIT.usage, run.message);
  const { verdict, reports } = run.trace;
  const name = 'schedule' in start ? 'this schedule' : `seed ${start.seed}`;
  const failure = verdict.outcome === 'failed' ? [verdict.signature] : [];
  const shown = [...failure, ...reports];
  if (asked !== undefined) {
    const fitting = fittingOf(asked, shown);
    const [signature] = fitting;
    if (signature === undefined)
      return refused(
        EXIT.usage,
        `${name} of ${address} does not show ${asked}; ${shownWords(asked, shown)}`,
      );
    return fitting.length === 1 ? ok({ signature, start }) : several(asked, fitting);
  }
  const [first, ...others] = failure.length > 0 ? failure : reports;
  if (first !== undefined && others.length === 0) return ok({ signature: first, start });
  if (first === undefined)
    return refused(
      EXIT.usage,
      `${name} of ${address} ends ${verdict.outcome}, there is nothing to shrink; hunt lists failing seeds`,
    );
  return refused(
    EXIT.usage,
    `${name} of ${address} has several reports, name one with --signature: ${reports.join(', ')}`,
  );
}

const several = (asked: string, fitting: readonly string[]): Result<never> =>
  refused(EXIT.usage, `${asked} may be any of these, name one in full: ${fitting.join(', ')}`);

function shownWords(asked: string, shown: readonly string[]): string {
  if (shown.length === 0) return 'it shows nothing';
  const forms = shown.flatMap((signature) => [
    { form: signature, signature },
    { form: shortForm(signature), signature },
  ]);
  const near = nearest(
    asked,
    forms.map(({ form }) => form),
  );
  const meant = forms.find(({ form }) => form === near)?.signature;
  const words = meant === undefined ? '' : `did you mean ${meant}? `;
  return `${words}it shows ${shown.join(', ')}`;
}

/** As expectations write it. */
function shortForm(signature: string): string {
  const { kind, parts } = signatureParts(signature);
  return `${kind}@${parts.map(({ name }) => name).join('+')}`;
}
