/** `lastref shrink`: the cheapest schedule of one signature that can be found, with its grade and what that rests on. */
import { formatToken } from '@lastref/contracts';
import { matchesBug, replay as replayRun, type ReplayInput } from '@lastref/exploration';
import { KINDS, type Trace } from '@lastref/kernel';
import { interleaving, renderInterleaving, renderReport, report } from '@lastref/reporting';
import type { Reproduction } from '@lastref/shrinking';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, refusal, refused, type Outcome, type Result } from '../outcome.js';
import { resolveProgram, type NamedProgram } from '../programs/resolve-program.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';
import { replayScheduleCommand } from '../text/commands.js';
import { gradeLines } from '../text/grade-text.js';
import { expectationOf, judged, judgedLine, type Judged } from '../verdicts/expectation-of.js';
import { firstPattern, parseExpect } from '../verdicts/expect.js';
import { surplusOf } from '../verdicts/judge.js';
import { minOf } from '../verdicts/min.js';

interface ShrinkWords {
  readonly strategy?: string | undefined;
  readonly seed?: number | undefined;
  readonly schedule?: string | undefined;
  readonly signature?: string | undefined;
}

export interface ShrinkFlags extends ShrinkWords {
  readonly maxNodes: number;
  /** Show every step. */
  readonly full: boolean;
}

export async function shrink(reference: string, options: ShrinkFlags, io: Io): Promise<Outcome> {
  const resolved = await resolveProgram(reference);
  if (!resolved.ok) return resolved.refusal;
  const named = resolved.value;
  const wanted = wantedOf(named, options);
  if (!wanted.ok) return wanted.refusal;
  const { signature, start } = wanted.value;
  const { maxNodes } = options;
  const result = await io.engine.shrink(named.program, signature, { start, maxNodes }, io.signal);
  if (!result.ok) return result.refusal;
  if (!result.value.ok) return refusal(EXIT.failed, result.value.message);
  const { reproduction, trace } = result.value;
  const expectation = judge(named.address, reproduction);
  const token = formatToken({ program: named.digest, schedule: reproduction.schedule });
  const command = replayScheduleCommand(named.reference, reproduction.schedule);
  const drawn = draw(trace, reproduction.signature, options.full);
  const footer = [
    ...gradeLines(reproduction),
    ...(expectation === null ? [] : [judgedLine(expectation)]),
    command,
    `trace ${reproduction.traceDigest}`,
    `token ${token}`,
  ];
  const json = {
    address: named.address,
    program: named.digest,
    ...reproduction,
    text: drawn,
    report: report(trace, about(trace, reproduction.signature)),
    interleaving: interleaving(trace, { full: options.full }),
    expectation,
    replay: { token, command },
  };
  return answer(exitOf(expectation), json, `${drawn}\n${footer.join('\n')}`);
}

/** A livelock's schedule leads into it; the run itself goes on, so the report is told what it is about. */
const about = ({ verdict }: Trace, signature: string): { signature?: string } =>
  verdict.outcome === 'unfinished' ? { signature } : {};

const draw = (trace: Trace, signature: string, full: boolean): string =>
  `${renderReport(trace, about(trace, signature))}\n${renderInterleaving(trace, { full })}`;

interface Wanted {
  readonly signature: string;
  readonly start?: ReplayInput;
}

const FORMS =
  'name what to shrink: --seed (and --strategy) or --schedule of a failing run, or --signature, or both';

/** The signature to shrink, as given or as the run to start from shows it, and that run. */
function wantedOf(named: NamedProgram, options: ShrinkWords): Result<Wanted> {
  const { strategy, seed, schedule, signature } = options;
  if (signature !== undefined && !KINDS.some((kind) => signature.startsWith(`${kind}@`)))
    return refused(EXIT.usage, `'${signature}' is no signature: write kind@function(detail)`);
  if (seed !== undefined && schedule !== undefined)
    return refused(EXIT.usage, `a run has a seed or a schedule; ${FORMS}`);
  if (strategy !== undefined && seed === undefined)
    return refused(EXIT.usage, `a strategy draws the schedule of a seed; ${FORMS}`);
  if (schedule !== undefined) return shownBy(named, { schedule }, signature);
  if (seed !== undefined)
    return shownBy(named, { strategy: strategy ?? DEFAULT_STRATEGY, seed }, signature);
  return signature === undefined ? refused(EXIT.usage, FORMS) : ok({ signature });
}

/** What the run shows: the signature that is asked for, or else its failure, or else its only report. */
function shownBy(
  { program, address }: NamedProgram,
  start: ReplayInput,
  asked: string | undefined,
): Result<Wanted> {
  const run = replayRun(program, start);
  if (!run.ok) return refused(EXIT.usage, run.message);
  const { verdict, reports } = run.trace;
  const name = 'schedule' in start ? 'this schedule' : `seed ${start.seed}`;
  const failure = verdict.outcome === 'failed' ? [verdict.signature] : [];
  const shown = [...failure, ...reports];
  if (asked !== undefined)
    return shown.includes(asked)
      ? ok({ signature: asked, start })
      : refused(
          EXIT.usage,
          `${name} of ${address} does not show ${asked}; it shows ${listed(shown)}`,
        );
  const [first, ...others] = failure.length > 0 ? failure : reports;
  if (first !== undefined && others.length === 0) return ok({ signature: first, start });
  return refused(
    EXIT.usage,
    first === undefined
      ? `${name} of ${address} ends ${verdict.outcome}, there is nothing to shrink; hunt lists failing seeds`
      : `${name} of ${address} has several reports, name one with --signature: ${reports.join(', ')}`,
  );
}

const listed = (signatures: readonly string[]): string =>
  signatures.length === 0 ? 'nothing' : signatures.join(', ');

function judge(address: string, reproduction: Reproduction): Judged | null {
  const { signature } = reproduction;
  const row = expectationOf(address);
  if (row === undefined) return null;
  const isReport = row.reports.some((kind) => signature.startsWith(`${kind}@`));
  const found = isReport
    ? { failures: [], reports: [signature] }
    : { failures: [signature], reports: [] };
  const first = firstPattern(parseExpect(row.expect));
  const speaksOfMin = first !== undefined && matchesBug(first, signature) && row.min !== undefined;
  const differs = speaksOfMin ? minDiffers(row.min, reproduction) : [];
  return judged(row, [...surplusOf(row, found), ...differs]);
}

function minDiffers(min: string | undefined, { cost, certificate }: Reproduction): string[] {
  if (certificate.unproved !== null) return ['the minimum is not proved'];
  return min === minOf(cost) ? [] : [`expected min ${min ?? ''}`];
}

/** Without an expectation something failed, and none said it should. */
const exitOf = (expectation: Judged | null): ExitCode =>
  expectation?.held === true ? EXIT.ok : EXIT.failed;
