/** `lastref shrink`: the cheapest schedule of one signature that can be found, with its grade and what that rests on. */
import { formatToken } from '@lastref/contracts';
import { matchesBug } from '@lastref/exploration';
import { isReport, kindOf, type Trace } from '@lastref/kernel';
import { interleaving, renderInterleaving, renderReport, report } from '@lastref/reporting';
import {
  judged,
  judgedLine,
  type Judged,
  firstPattern,
  parseExpect,
  surplusOf,
} from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';
import type { Reproduction } from '@lastref/shrinking';
import type { ExportFlags } from '../declare/export-options.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { exportRun } from '../exports/export-run.js';
import { wantedExports } from '../exports/wanted-exports.js';
import type { Io } from '../io.js';
import { answer, refusal, type Outcome } from '../outcome.js';
import { resolveProgram } from '../programs/resolve-program.js';
import { replayScheduleCommand } from '../text/commands.js';
import { gradeLines } from '../text/grade-text.js';
import { passesText } from '../text/passes-text.js';
import { minOf } from '../verdicts/min.js';
import { explained } from './explain-run.js';
import { nearWords, shrinkTarget, type ShrinkWords } from './shrink-target.js';

export interface ShrinkFlags extends ShrinkWords, ExportFlags {
  readonly maxNodes: number;
  /** Show every step. */
  readonly full: boolean;
  /** Say why it fails. */
  readonly explain: boolean;
  /** Say what each pass tried. */
  readonly stats: boolean;
}

export async function shrink(reference: string, options: ShrinkFlags, io: Io): Promise<Outcome> {
  const exports = wantedExports(options);
  if (!exports.ok) return exports.refusal;
  const resolved = await resolveProgram(reference);
  if (!resolved.ok) return resolved.refusal;
  const named = resolved.value;
  const wanted = await shrinkTarget(named, options, options.maxNodes, io);
  if (!wanted.ok) return wanted.refusal;
  const { signature, start } = wanted.value;
  const { maxNodes } = options;
  const result = await io.engine.shrink(named.program, signature, { start, maxNodes }, io.signal);
  if (!result.ok) return result.refusal;
  if (!result.value.ok) {
    const { message, absent } = result.value;
    const near = absent === true ? await nearWords(named, signature, maxNodes, io) : '';
    return refusal(EXIT.failed, `${message}${near}`);
  }
  const { reproduction, trace, passes } = result.value;
  const expectation = judge(named.address, reproduction);
  const token = formatToken({ program: named.digest, schedule: reproduction.schedule });
  const command = replayScheduleCommand(named.reference, reproduction.schedule);
  const drawn = draw(trace, reproduction.signature, options.full);
  const { schedule } = reproduction;
  const why = await explained(
    named.program,
    named.reference,
    options.explain ? { schedule, signature } : undefined,
    io,
  );
  if (!why.ok) return why.refusal;
  const footer = [
    ...why.value.lines,
    ...gradeLines(reproduction),
    ...(options.stats ? [passesText(passes)] : []),
    ...(expectation === null ? [] : [judgedLine(expectation)]),
    command,
    `trace ${reproduction.traceDigest}`,
    `token ${token}`,
  ];
  const json = {
    address: named.address,
    program: named.digest,
    ...reproduction,
    ...why.value.json,
    passes,
    text: drawn,
    report: report(trace, about(trace, reproduction.signature)),
    interleaving: interleaving(trace, { full: options.full }),
    expectation,
    replay: { token, command },
  };
  const told = answer(exitOf(reproduction, expectation), json, `${drawn}\n${footer.join('\n')}`);
  const { program } = named;
  const run = { program, trace, replay: { token, command }, ...reproduction };
  return exportRun(exports.value, run, told);
}

/** A livelock's schedule leads into it; the run itself goes on, so the report is told what it is about. */
const about = ({ verdict }: Trace, signature: string): { signature?: string } =>
  verdict.outcome === 'unfinished' ? { signature } : {};

const draw = (trace: Trace, signature: string, full: boolean): string =>
  `${renderReport(trace, about(trace, signature))}\n${renderInterleaving(trace, { full })}`;

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

/** Without an expectation something failed, and none said it should; a report alone is no failure. */
function exitOf({ signature }: Reproduction, expectation: Judged | null): ExitCode {
  if (expectation !== null) return expectation.held ? EXIT.ok : EXIT.failed;
  return isReport(kindOf(signature)) ? EXIT.ok : EXIT.failed;
}
