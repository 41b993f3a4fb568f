/** `lastref bench` and its parts: what libs/bench measures, as answers of the command line. */
import {
  cellsOf,
  findingTables,
  isRefusal,
  measureAgainst,
  measureAgreement,
  measureCampaign,
  measureFinding,
  measureFirstFailures,
  measureParts,
  type AgainstOptions,
  type AgreementOptions,
  type BenchResult,
  type CampaignOptions,
  type FindingOptions,
  type FirstFailureOptions,
  type PartName,
  type Refusal as NoMeasurement,
  type Surroundings,
} from '@lastref/bench';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, INTERRUPTED, refusal, type Outcome } from '../outcome.js';
import { markdown } from '../text/markdown.js';
import { table } from '../text/table.js';

export const surroundingsOf = (io: Io): Surroundings => ({
  say: (line) => {
    io.note(line);
  },
  signal: io.signal,
  lastref: process.argv[1] ?? '',
});

export async function bench(
  names: readonly PartName[],
  options: { readonly quick: boolean },
  io: Io,
): Promise<Outcome> {
  return rowsAnswer(await measureParts(names, options, surroundingsOf(io)), io);
}

export async function benchAgainst(options: AgainstOptions, io: Io): Promise<Outcome> {
  const result = await measureAgainst(options, surroundingsOf(io));
  return isRefusal(result) ? refused(result, io) : rowsAnswer(result, io);
}

function rowsAnswer(result: BenchResult, { signal }: Io): Outcome {
  const { agreement, disagreement, rows } = result;
  if (!agreement) {
    const text = `the answers differ, no ratio means anything\n${disagreement ?? ''}`;
    return answer(EXIT.failed, result, text);
  }
  const met = rows.every(({ meets }) => meets !== false);
  const exit = signal.aborted ? EXIT.interrupted : met ? EXIT.ok : EXIT.failed;
  return answer(exit, result, table(cellsOf(rows)));
}

export async function benchAgreement(options: AgreementOptions, io: Io): Promise<Outcome> {
  const result = await measureAgreement(options, surroundingsOf(io));
  if (isRefusal(result)) return refused(result, io);
  const { programs, differ, seeds, interrupted } = result;
  const exit = interrupted ? EXIT.interrupted : differ.length === 0 ? EXIT.ok : EXIT.failed;
  return answer(
    exit,
    result,
    `${programs - differ.length} of ${programs} agree, ${seeds} seeds each`,
  );
}

export async function benchFirstFailures(options: FirstFailureOptions, io: Io): Promise<Outcome> {
  const tables = await measureFirstFailures(options, surroundingsOf(io));
  if (isRefusal(tables)) return refused(tables, io);
  const exit = io.signal.aborted ? EXIT.interrupted : EXIT.ok;
  return answer(exit, tables, tables.map(markdown).join('\n'));
}

export async function benchFinding(options: FindingOptions, io: Io): Promise<Outcome> {
  const result = await measureFinding(options, surroundingsOf(io));
  if (isRefusal(result)) return refused(result, io);
  const exit = io.signal.aborted ? EXIT.interrupted : EXIT.ok;
  return answer(exit, result, (await findingTables(result)).map(markdown).join('\n'));
}

export async function benchCampaign(options: CampaignOptions, io: Io): Promise<Outcome> {
  const result = await measureCampaign(options, surroundingsOf(io));
  if (isRefusal(result)) return refused(result, io);
  const differ = result.rounds.some(({ ledgers }) => ledgers.alone !== ledgers.served);
  const text = JSON.stringify(result, null, 2);
  return differ
    ? answer(EXIT.failed, result, `${text}\nthe ledgers differ: no ratio means anything`)
    : answer(EXIT.ok, result, text);
}

export function refused({ refused: why, message }: NoMeasurement, { signal }: Io): Outcome {
  if (signal.aborted) return INTERRUPTED;
  return refusal(why === 'usage' ? EXIT.usage : EXIT.environment, message);
}
