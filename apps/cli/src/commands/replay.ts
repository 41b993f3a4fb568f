/** `lastref replay`: one run again, step by step; the same trace digest on every machine, and by API. */
import { formatToken, isToken } from '@lastref/contracts';
import { replay as replayRun } from '@lastref/exploration';
import type { Trace } from '@lastref/kernel';
import { interleaving, renderInterleaving, renderReport, report } from '@lastref/reporting';
import { judged, judgedLine, type Judged, surplusOf } from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';
import type { ExportFlags } from '../declare/export-options.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { exportRun } from '../exports/export-run.js';
import { wantedExports } from '../exports/wanted-exports.js';
import { answer, refusal, type Outcome } from '../outcome.js';
import { resolveRun, type RunWords } from '../programs/resolve-run.js';
import { replayCommand, replayScheduleCommand, replayTokenCommand } from '../text/commands.js';
import { explained } from './explain-run.js';
import { stepThrough } from './replay-step.js';

export interface ReplayOptions extends RunWords, ExportFlags {
  /** Show every step. */
  readonly full: boolean;
  /** Go through it by hand. */
  readonly step?: boolean;
  readonly json?: boolean;
  /** Say why it fails. */
  readonly explain: boolean;
}

export async function replay(reference: string, options: ReplayOptions, io: Io): Promise<Outcome> {
  const wanted = wantedExports(options);
  if (!wanted.ok) return wanted.refusal;
  const run = await resolveRun(reference, options, io);
  if (!run.ok) return run.refusal;
  const { named, how } = run.value;
  const result = replayRun(named.program, how);
  if (!result.ok) return refusal(EXIT.usage, result.message);
  const { trace } = result;
  if (options.step === true) return stepThrough(named.program, trace, io, options.json === true);
  // What is expected of an address is expected of what it means now.
  const expectation = named.note === undefined ? judge(trace) : null;
  const shown = { full: options.full };
  const token = formatToken({ program: named.digest, ...how });
  const command = isToken(reference)
    ? replayTokenCommand(token, options)
    : 'schedule' in how
      ? replayScheduleCommand(named.reference, how.schedule)
      : replayCommand(named.reference, how.strategy, how.seed);
  const drawn = `${renderReport(trace)}\n${renderInterleaving(trace, shown)}`;
  const why = await explained(
    named.program,
    named.reference,
    options.explain ? { schedule: trace.schedule, signature: shownBy(trace) } : undefined,
    io,
  );
  if (!why.ok) return why.refusal;
  const json = {
    ...trace,
    ...why.value.json,
    text: drawn,
    report: report(trace),
    interleaving: interleaving(trace, shown),
    expectation,
    replay: { token, command },
    ...(named.note === undefined ? {} : { note: named.note }),
  };
  const footer = [
    ...why.value.lines,
    ...(named.note === undefined ? [] : [named.note]),
    ...(expectation === null ? [] : [judgedLine(expectation)]),
    `trace ${trace.digest}`,
    `token ${token}`,
  ];
  const told = answer(exitOf(trace, expectation), json, `${drawn}\n${footer.join('\n')}`);
  const { program } = named;
  return exportRun(wanted.value, { program, trace, replay: { token, command } }, told);
}

/** The failure, or else the first report. */
const shownBy = ({ verdict, reports }: Trace): string | undefined =>
  verdict.outcome === 'failed' ? verdict.signature : reports[0];

/** One run cannot show that all of an expectation holds, only that it does not contradict it. */
function judge(trace: Trace): Judged | null {
  const row = expectationOf(trace.address);
  if (row === undefined) return null;
  const failures = trace.verdict.outcome === 'failed' ? [trace.verdict.signature] : [];
  const why = surplusOf(row, { failures, reports: trace.reports });
  const cut = trace.verdict.outcome === 'cut' ? ['the run was cut at its step limit'] : [];
  return judged(row, [...why, ...cut]);
}

function exitOf({ verdict }: Trace, expectation: Judged | null): ExitCode {
  if (expectation !== null) return expectation.held ? EXIT.ok : EXIT.failed;
  return verdict.outcome === 'failed' || verdict.outcome === 'cut' ? EXIT.failed : EXIT.ok;
}
