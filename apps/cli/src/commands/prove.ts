/** `lastref prove`: every schedule of a program, by exhaustive search; says what no run executes. */
import { warningsOf } from '@lastref/authoring';
import type { ProbabilityResult, SearchResult } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, type Outcome, type Result } from '../outcome.js';
import { compiledAll, resolveProgram, type NamedProgram } from '../programs/resolve-program.js';
import { proveText } from '../text/prove-text.js';
import { unexecutedOf, type UnexecutedCode } from '../text/unexecuted.js';
import { expectationOf, judged, type Judged } from '../verdicts/expectation-of.js';
import { differences } from '../verdicts/judge.js';

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
}

export interface Proof extends Omit<SearchResult, 'unexecuted'> {
  readonly proved: boolean;
  readonly unexecuted: readonly UnexecutedCode[];
  readonly expectation: Judged | null;
  readonly probabilities?: ProbabilityResult;
  readonly elapsedMs: number;
}

export async function prove(reference: string, options: ProveOptions, io: Io): Promise<Outcome> {
  const programs = options.allCases ? compiledAll(reference) : await one(reference);
  if (!programs.ok) return programs.refusal;
  const { maxStates, symmetry, reduce } = options;
  const proofs: Proof[] = [];
  for (const { program, address } of programs.value) {
    if (programs.value.length > 1) io.note(`${address} ...`);
    for (const warning of warningsOf(program)) io.note(`warning: ${warning}`);
    const began = io.now();
    const result = await io.engine.prove(program, { maxStates, symmetry, reduce }, io.signal);
    if (!result.ok) return result.refusal;
    const found = result.value;
    const solved = options.probability
      ? await io.engine.probabilities(program, maxStates, io.signal)
      : null;
    if (solved?.ok === false) return solved.refusal;
    proofs.push({
      ...found,
      ...(solved === null ? {} : { probabilities: solved.value }),
      proved: found.complete,
      unexecuted: unexecutedOf(program, found.unexecuted),
      expectation: judge(found),
      elapsedMs: Math.round(io.now() - began),
    });
  }
  const exit = proofs.every(held) ? EXIT.ok : EXIT.failed;
  const text = proofs.map((proof) => proveText(proof, options.unexecuted)).join('\n');
  return answer(exit, options.allCases ? { proofs } : proofs[0], text);
}

async function one(reference: string): Promise<Result<readonly NamedProgram[]>> {
  const resolved = await resolveProgram(reference);
  return resolved.ok ? ok([resolved.value]) : resolved;
}

function judge({
  address,
  complete,
  failures,
  reports,
  missed,
  ends,
}: SearchResult): Judged | null {
  const row = expectationOf(address);
  if (row === undefined) return null;
  const why = differences(row, { failures, reports, missed, cleanEnds: ends.clean > 0 });
  return judged(row, complete ? why : [...why, 'the search did not end']);
}

function held({ proved, expectation, failures, reports }: Proof): boolean {
  if (expectation !== null) return expectation.held;
  return proved && failures.length === 0 && reports.length === 0;
}
