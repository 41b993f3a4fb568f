/**
 * `lastref verify-fix`: one command for a pull request. Every case of what is named is proved and compared with what the scenario
 * expects: the fix is clean, and the bug it mends is still found without it. Only what is proved passes.
 */
import type { Verification, VerifiedCase, VerifiedOutcome } from '../answers/verify-fix.js';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, isOfCase, ok, type Outcome, type Result } from '../outcome.js';
import {
  compiledCases,
  isFile,
  resolveProgram,
  type CompiledCase,
} from '../programs/resolve-program.js';
import { verificationJunit } from '../verify/junit.js';
import { markdownSummary } from '../verify/markdown.js';
import { unverifiedCase, verifiedCase } from '../verify/verify-case.js';
import { verificationText } from '../verify/verify-text.js';
import { writeReport } from '../verify/write-report.js';
import { here, proofOf } from './prove.js';

export interface VerifyFixOptions {
  readonly maxStates: number;
  readonly symmetry: boolean;
  readonly reduce: boolean;
  readonly junit?: string;
  readonly markdown?: string;
}

export async function verifyFix(
  references: readonly string[],
  options: VerifyFixOptions,
  io: Io,
): Promise<Outcome> {
  const cases: CompiledCase[] = [];
  for (const reference of references) {
    const found = await casesOf(reference);
    if (!found.ok) return found.refusal;
    cases.push(...found.value);
  }
  const rows: VerifiedCase[] = [];
  for (const one of cases) {
    const row = await verify(one, options, io);
    if (!row.ok) return row.refusal;
    rows.push(row.value);
  }
  const verification = verificationOf(rows);
  const written = [
    await writeReport(options.junit, () => verificationJunit(verification), 'replace'),
    await writeReport(options.markdown, () => markdownSummary(verification), 'add'),
  ];
  for (const one of written) if (!one.ok) return one.refusal;
  const exit = verification.verified ? EXIT.ok : EXIT.failed;
  return answer(exit, verification, verificationText(verification));
}

async function casesOf(reference: string): Promise<Result<readonly CompiledCase[]>> {
  if (!isFile(reference)) return compiledCases(reference);
  const named = await resolveProgram(reference);
  return named.ok ? ok([{ address: named.value.address, result: named }]) : named;
}

async function verify(
  { address, result }: CompiledCase,
  options: VerifyFixOptions,
  io: Io,
): Promise<Result<VerifiedCase>> {
  io.note(`${address} ...`);
  const asked = { ...options, allCases: false, unexecuted: false, probability: false };
  if (!result.ok) return unanswered(address, result);
  const proof = await proofOf(result.value, asked, here(io), io);
  return proof.ok
    ? ok(verifiedCase(result.value.reference, proof.value))
    : unanswered(address, proof);
}

/** What is wrong with one case is its row; what is wrong with the surroundings ends the command. */
function unanswered(
  address: string,
  refused: Extract<Result<never>, { ok: false }>,
): Result<VerifiedCase> {
  const { refusal } = refused;
  return isOfCase(refusal) ? ok(unverifiedCase({ address, error: refusal.message })) : refused;
}

function verificationOf(cases: readonly VerifiedCase[]): Verification {
  const of = (outcome: VerifiedOutcome): number =>
    cases.filter((one) => one.outcome === outcome).length;
  const [holds, fails] = [of('holds'), of('fails')];
  const counts = { holds, fails, unproved: of('unproved'), error: of('error') };
  return { verified: holds === cases.length, counts, cases };
}
