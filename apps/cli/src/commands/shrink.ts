/** `lastref shrink`: the cheapest schedule of one signature, with the certificate that nothing cheaper exists. */
import { formatToken } from '@lastref/contracts';
import { costText, matchesBug, replay as replayRun } from '@lastref/exploration';
import { KINDS, type Trace } from '@lastref/kernel';
import { interleaving, renderInterleaving, renderReport, report } from '@lastref/reporting';
import type { Reproduction } from '@lastref/shrinking';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, refusal, refused, type Outcome, type Result } from '../outcome.js';
import { resolveProgram, type NamedProgram } from '../programs/resolve-program.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';
import { replayScheduleCommand } from '../text/commands.js';
import { count } from '../text/numbers.js';
import { expectationOf, judged, judgedLine, type Judged } from '../verdicts/expectation-of.js';
import { firstPattern, parseExpect } from '../verdicts/expect.js';
import { surplusOf } from '../verdicts/judge.js';
import { minOf } from '../verdicts/min.js';

export interface ShrinkOptions {
  readonly strategy?: string | undefined;
  readonly seed?: number | undefined;
  readonly signature?: string | undefined;
  readonly maxNodes: number;
  /** Show every step. */
  readonly full: boolean;
}

export async function shrink(reference: string, options: ShrinkOptions, io: Io): Promise<Outcome> {
  const resolved = await resolveProgram(reference);
  if (!resolved.ok) return resolved.refusal;
  const named = resolved.value;
  const signature = signatureOf(named, options);
  if (!signature.ok) return signature.refusal;
  const { maxNodes } = options;
  const result = await io.engine.shrink(named.program, signature.value, maxNodes, io.signal);
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

/** The signature to shrink: as given, or what the run of the seed fails with, or else its only report. */
function signatureOf({ program, address }: NamedProgram, options: ShrinkOptions): Result<string> {
  const { strategy = DEFAULT_STRATEGY, seed, signature } = options;
  if ((seed === undefined) === (signature === undefined))
    return refused(EXIT.usage, 'name what to shrink: --seed (and --strategy), or --signature');
  if (signature !== undefined)
    return KINDS.some((kind) => signature.startsWith(`${kind}@`))
      ? ok(signature)
      : refused(EXIT.usage, `'${signature}' is no signature: write kind@function(detail)`);
  const run = replayRun(program, { strategy, seed: seed ?? 0 });
  if (!run.ok) return refused(EXIT.usage, run.message);
  const { verdict, reports } = run.trace;
  const [first, ...others] = reports;
  if (verdict.outcome === 'failed') return ok(verdict.signature);
  if (first !== undefined && others.length === 0) return ok(first);
  return refused(
    EXIT.usage,
    first === undefined
      ? `seed ${seed ?? 0} of ${address} ends ${verdict.outcome}, there is nothing to shrink; hunt lists failing seeds`
      : `seed ${seed ?? 0} of ${address} has several reports, name one with --signature: ${reports.join(', ')}`,
  );
}

function gradeLines({ grade, cost, certificate }: Reproduction): string[] {
  const layers = certificate.layers.map(([layer, nodes]) => `${layer}: ${count(nodes)}`);
  return [
    `${grade}: cost ${costText(cost)}`,
    `certificate: ${count(certificate.nodes)} nodes of ${count(certificate.states)} states settled, none cheaper meets it (${layers.join(', ')})`,
  ];
}

function judge(address: string, { signature, cost }: Reproduction): Judged | null {
  const row = expectationOf(address);
  if (row === undefined) return null;
  const isReport = row.reports.some((kind) => signature.startsWith(`${kind}@`));
  const found = isReport
    ? { failures: [], reports: [signature] }
    : { failures: [signature], reports: [] };
  const first = firstPattern(parseExpect(row.expect));
  const speaksOfMin = first !== undefined && matchesBug(first, signature) && row.min !== undefined;
  const differs = speaksOfMin && row.min !== minOf(cost) ? [`expected min ${row.min ?? ''}`] : [];
  return judged(row, [...surplusOf(row, found), ...differs]);
}

/** Without an expectation something failed, and none said it should. */
const exitOf = (expectation: Judged | null): ExitCode =>
  expectation?.held === true ? EXIT.ok : EXIT.failed;
