/**
 * `lastref hunt`: samples schedules and says what fails, how often, and from which seeds on. The same seeds give the same
 * totals and the same ledger digest for any number of threads.
 */
import { ledgerDigest, STRATEGIES, type BatchTotals } from '@lastref/exploration';
import { SEED_MAX } from '@lastref/kernel';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, refusal, type Outcome } from '../outcome.js';
import { resolveProgram } from '../programs/resolve-program.js';
import { huntText } from '../text/hunt-text.js';
import { replayCommand, shrinkCommand } from '../text/commands.js';
import { expectationOf, judged, type Judged } from '../verdicts/expectation-of.js';
import { differences } from '../verdicts/judge.js';

export interface HuntOptions {
  readonly schedules: number;
  readonly seed: number;
  readonly strategy: string;
  readonly threads: number;
  readonly ledger: boolean;
}

/** One signature of a hunt, with what leads on from it. */
export interface HuntSignature {
  readonly signature: string;
  readonly kind: string;
  readonly report: boolean;
  readonly count: number;
  readonly lanes: readonly number[];
  readonly lowestSeeds: readonly number[];
  readonly replay: string;
  readonly shrink: string;
}

export interface HuntAnswer {
  readonly address: string;
  readonly program: string;
  readonly strategy: string;
  readonly seedFrom: number;
  readonly threads: number;
  readonly interrupted: boolean;
  /** Schedules that ran; fewer than asked for only if interrupted. */
  readonly schedules: number;
  readonly outside: number;
  readonly cut: number;
  readonly steps: number;
  readonly signatures: readonly HuntSignature[];
  /** With 95 % confidence fewer than this share of all schedules fails; null if one did. */
  readonly bound: number | null;
  readonly expectation: Judged | null;
  readonly ledger?: string;
  readonly elapsedMs: number;
  readonly schedulesPerSecond: number;
}

export async function hunt(reference: string, options: HuntOptions, io: Io): Promise<Outcome> {
  const { strategy, seed, schedules, threads } = options;
  if (!STRATEGIES.includes(strategy))
    return refusal(EXIT.usage, `no strategy '${strategy}'; there are: ${STRATEGIES.join(', ')}`);
  if (schedules - 1 > SEED_MAX - seed)
    return refusal(EXIT.usage, '--seed and --schedules: the last seed would pass 2^53-1');
  const resolved = await resolveProgram(reference);
  if (!resolved.ok) return resolved.refusal;
  const { program, address, digest } = resolved.value;
  const began = io.now();
  io.progress.begin(schedules, 'schedules');
  const sampled = await io.engine.sample(
    { program, strategy, seedFrom: seed, schedules, threads },
    (done) => {
      io.progress.update(done);
    },
    io.signal,
  );
  io.progress.end();
  if (!sampled.ok) return sampled.refusal;
  const { totals, interrupted } = sampled.value;
  const elapsedMs = Math.max(1, Math.round(io.now() - began));
  const failing = totals.signatures.some(({ report }) => !report);
  const found: HuntAnswer = {
    address,
    program: digest,
    strategy,
    seedFrom: seed,
    threads,
    interrupted,
    schedules: totals.schedules,
    outside: totals.outside,
    cut: totals.cut,
    steps: totals.steps,
    signatures: totals.signatures.map((entry) => ({
      ...entry,
      replay: replayCommand(resolved.value.reference, strategy, entry.lowestSeeds[0] ?? 0),
      shrink: shrinkCommand(resolved.value.reference, entry.signature),
    })),
    bound: failing || totals.schedules === 0 ? null : 3 / totals.schedules,
    expectation: judge(address, totals),
    ...(options.ledger && !interrupted
      ? { ledger: ledgerDigest([{ program: digest, strategy, totals }]) }
      : {}),
    elapsedMs,
    schedulesPerSecond: Math.round((totals.schedules * 1000) / elapsedMs),
  };
  return answer(exitOf(found), found, huntText(found));
}

function judge(address: string, totals: BatchTotals): Judged | null {
  const row = expectationOf(address);
  if (row === undefined) return null;
  const signatures = (report: boolean): string[] =>
    totals.signatures.filter((entry) => entry.report === report).map((entry) => entry.signature);
  const failing = totals.signatures.reduce(
    (sum, { report, count }) => sum + (report ? 0 : count),
    0,
  );
  const why = differences(row, {
    failures: signatures(false),
    reports: signatures(true),
    cleanEnds: totals.schedules > totals.outside + totals.cut + failing,
    missed: [],
  });
  return judged(row, totals.cut === 0 ? why : [...why, 'runs were cut at their step limit']);
}

function exitOf({ interrupted, expectation, signatures, cut }: HuntAnswer): ExitCode {
  if (interrupted) return EXIT.interrupted;
  if (expectation !== null) return expectation.held ? EXIT.ok : EXIT.failed;
  return signatures.length === 0 && cut === 0 ? EXIT.ok : EXIT.failed;
}
