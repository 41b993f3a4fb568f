/** `lastref replay`: one run again, step by step; the same trace digest on every machine, and by API. */
import { formatToken, isToken } from '@lastref/contracts';
import { replay as replayRun } from '@lastref/exploration';
import type { Trace } from '@lastref/kernel';
import { interleaving, renderInterleaving, renderReport, report } from '@lastref/reporting';
import { judged, judgedLine, type Judged, surplusOf } from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, refusal, type Outcome } from '../outcome.js';
import { resolveRun, type RunWords } from '../programs/resolve-run.js';
import { replayCommand, replayScheduleCommand, replayTokenCommand } from '../text/commands.js';

export interface ReplayOptions extends RunWords {
  /** Show every step. */
  readonly full: boolean;
}

export async function replay(reference: string, options: ReplayOptions, io: Io): Promise<Outcome> {
  const run = await resolveRun(reference, options, io);
  if (!run.ok) return run.refusal;
  const { named, how } = run.value;
  const result = replayRun(named.program, how);
  if (!result.ok) return refusal(EXIT.usage, result.message);
  const { trace } = result;
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
  const json = {
    ...trace,
    text: drawn,
    report: report(trace),
    interleaving: interleaving(trace, shown),
    expectation,
    replay: { token, command },
    ...(named.note === undefined ? {} : { note: named.note }),
  };
  const footer = [
    ...(named.note === undefined ? [] : [named.note]),
    ...(expectation === null ? [] : [judgedLine(expectation)]),
    `trace ${trace.digest}`,
    `token ${token}`,
  ];
  return answer(exitOf(trace, expectation), json, `${drawn}\n${footer.join('\n')}`);
}

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
