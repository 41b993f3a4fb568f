/** `lastref prove`: every schedule of a program, by exhaustive search; says what no run executes. */
import { warningsOf } from '@lastref/authoring';
import type { SearchResult } from '@lastref/exploration';
import { judged, type Judged, differences } from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';
import type { Proof } from '../answers/prove.js';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, isOfCase, ok, refusal, type Outcome, type Result } from '../outcome.js';
import {
  brokenLine,
  compiledCases,
  resolveProgram,
  type NamedProgram,
  type Unanswered,
} from '../programs/resolve-program.js';
import { Client } from '../service/client.js';
import { proveRemotely } from '../service/remote-searches.js';
import { serviceUrl } from '../service/service-url.js';
import { proveText } from '../text/prove-text.js';
import { unexecutedOf } from '../text/unexecuted.js';

export interface ProveOptions {
  readonly allCases: boolean;
  readonly maxStates: number;
  /** Count states that differ only by an exchange of identical tasks once. */
  readonly symmetry: boolean;
  /** Leave out steps whose order with the others cannot matter. */
  readonly reduce: boolean;
  /** List every step, branch and fault that no run executes. */
  readonly unexecuted: boolean;
  /** Solve for the probability of each signature under rw/1. */
  readonly probability: boolean;
  /** The service that is to do it; this process if absent. */
  readonly url?: string | undefined;
}

export async function prove(reference: string, options: ProveOptions, io: Io): Promise<Outcome> {
  const { url, probability, allCases } = options;
  if (url !== undefined && probability)
    return refusal(EXIT.usage, '--probability is solved here only; leave out --url');
  const service = url === undefined ? null : serviceUrl(url, undefined);
  if (service?.ok === false) return service.refusal;
  const searcher = service === null ? here(io) : there(new Client(service.value, io), io);
  return allCases
    ? proveCases(reference, options, searcher, io)
    : proveOne(reference, options, searcher, io);
}

type Searcher = (named: NamedProgram, options: ProveOptions) => Promise<Result<SearchResult>>;

/** Searches in this process. */
export const here =
  ({ engine, signal }: Io): Searcher =>
  ({ program }, { maxStates, symmetry, reduce }) =>
    engine.prove(program, { maxStates, symmetry, reduce }, signal);

const there =
  (client: Client, io: Io): Searcher =>
  (named, options) =>
    proveRemotely(client, named, options, io);

async function proveOne(
  reference: string,
  options: ProveOptions,
  search: Searcher,
  io: Io,
): Promise<Outcome> {
  const named = await resolveProgram(reference);
  if (!named.ok) return named.refusal;
  const proof = await proofOf(named.value, options, search, io);
  if (!proof.ok) return proof.refusal;
  const { value } = proof;
  return answer(held(value) ? EXIT.ok : EXIT.failed, value, proveText(value, options.unexecuted));
}

/** A row per case; one that does not compile, or goes past a bound, says so in its row. */
async function proveCases(
  reference: string,
  options: ProveOptions,
  search: Searcher,
  io: Io,
): Promise<Outcome> {
  const cases = compiledCases(reference);
  if (!cases.ok) return cases.refusal;
  const rows: (Proof | Unanswered)[] = [];
  for (const { address, result } of cases.value) {
    io.note(`${address} ...`);
    const proof = result.ok ? await proofOf(result.value, options, search, io) : result;
    if (proof.ok) rows.push(proof.value);
    else if (isOfCase(proof.refusal)) rows.push({ address, error: proof.refusal.message });
    else return proof.refusal;
  }
  const exit = rows.every((row) => !('error' in row) && held(row)) ? EXIT.ok : EXIT.failed;
  const text = rows.map((row) =>
    'error' in row ? `${brokenLine(row)}\n` : proveText(row, options.unexecuted),
  );
  return answer(exit, { proofs: rows }, text.join('\n'));
}

export async function proofOf(
  named: NamedProgram,
  options: ProveOptions,
  search: Searcher,
  io: Io,
): Promise<Result<Proof>> {
  const { program } = named;
  const { maxStates } = options;
  for (const warning of warningsOf(program)) io.note(`warning: ${warning}`);
  const began = io.now();
  const result = await search(named, options);
  if (!result.ok) return result;
  const found = result.value;
  const solved = options.probability
    ? await io.engine.probabilities(program, maxStates, io.signal)
    : null;
  if (solved?.ok === false) return solved;
  return ok({
    ...found,
    ...(solved === null ? {} : { probabilities: solved.value }),
    proved: found.complete,
    unexecuted: unexecutedOf(program, found.unexecuted),
    expectation: judge(found),
    elapsedMs: Math.round(io.now() - began),
  });
}

function judge({
  address,
  complete,
  failures,
  reports,
  missed,
  ends,
  pollers,
}: SearchResult): Judged | null {
  const row = expectationOf(address);
  if (row === undefined) return null;
  const why = differences(row, {
    failures,
    reports,
    missed,
    cleanEnds: ends.clean + pollers.length > 0,
  });
  return judged(row, complete ? why : [...why, 'the search did not end']);
}

export function held({ proved, expectation, failures }: Proof): boolean {
  if (expectation !== null) return expectation.held;
  return proved && failures.length === 0;
}
