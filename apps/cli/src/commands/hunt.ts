/**
 * `lastref hunt`: samples schedules and says what fails, how often, and from which seeds on. The same seeds give the same
 * totals and the same ledger digest for any number of threads.
 */
import {
  boundText,
  countsOf,
  failureBound,
  ledgerDigest,
  mergeTotals,
  NO_TOTALS,
  planOf,
  type BatchTotals,
  type RunCounts,
} from '@lastref/exploration';
import { judged, type Judged, cutDiffers, differences } from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';
import type { HuntAnswer, HuntOptions, HuntSignature } from '../answers/hunt.js';
import { sampleRounds, type SampledRounds } from '../engine/sample-rounds.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, type Outcome, type Result } from '../outcome.js';
import { resolveProgram, type NamedProgram } from '../programs/resolve-program.js';
import { huntText } from '../text/hunt-text.js';
import { huntCommand, replayCommand, shrinkCommand } from '../text/commands.js';
import { cutRunsOf, type HuntCut } from './hunt-cut.js';
import { byStrategy, signaturesOf } from './hunt-parts.js';
import { huntProgress, type HuntLength } from './hunt-progress.js';
import { limitOf, ruleFor } from './hunt-rule.js';

export async function hunt(reference: string, options: HuntOptions, io: Io): Promise<Outcome> {
  const { strategy, seed, threads } = options;
  const limit = limitOf(options);
  if (!limit.ok) return limit.refusal;
  const resolved = await resolveProgram(reference);
  if (!resolved.ok) return resolved.refusal;
  const { program, address, digest } = resolved.value;
  const { rule } = limit.value;
  const began = io.now();
  const length = { ...limit.value, elapsed: () => io.now() - began };
  const sampled = await sample(resolved.value, options, length, io);
  io.progress.end();
  if (!sampled.ok) return sampled.refusal;
  const { rounds, stopped } = sampled.value;
  const interrupted = stopped === null;
  const parts = byStrategy(rounds);
  const totals = parts.reduce((sum, part) => mergeTotals(sum, part.totals), NO_TOTALS);
  const elapsedMs = Math.max(1, Math.round(io.now() - began));
  const counts = countsOf(totals);
  const examined = await cutRunsOf(resolved.value, parts, interrupted ? 0 : options.examineCut, io);
  if (!examined.ok) return examined.refusal;
  const cut = examined.value;
  const found: HuntAnswer = {
    address,
    program: digest,
    strategy,
    seedFrom: seed,
    threads,
    interrupted,
    ...(rule === null ? {} : { rounds: rounds.length, stopped }),
    ...counts,
    cutRuns: cut.runs,
    unjudged: cut.unjudged,
    steps: totals.steps,
    signatures: signaturesOf(parts).map((entry) => ({
      ...entry,
      ...commandsFor(resolved.value.reference, entry),
    })),
    bound: failureBound(counts),
    promises: parts.map((part) => ({
      strategy: part.strategy,
      text: boundText(program, part.strategy, countsOf(part.totals)),
    })),
    expectation: judge(address, totals, counts, cut),
    ...(options.ledger && !interrupted
      ? { ledger: ledgerDigest(parts.map((part) => ({ program: digest, ...part }))) }
      : {}),
    ...(rule?.kind === 'time' && !interrupted
      ? { again: huntCommand(resolved.value.reference, strategy, seed, totals.schedules) }
      : {}),
    elapsedMs,
    schedulesPerSecond: Math.round((totals.schedules * 1000) / elapsedMs),
  };
  return answer(exitOf(found), found, huntText(found));
}

function commandsFor(
  reference: string,
  { signature, strategy, lowestSeeds: [seed = 0] }: Omit<HuntSignature, 'replay' | 'shrink'>,
): Pick<HuntSignature, 'replay' | 'shrink'> {
  return {
    replay: replayCommand(reference, strategy, seed),
    shrink: shrinkCommand(reference, signature, strategy, seed),
  };
}

async function sample(
  { program, address }: NamedProgram,
  { strategy, seed, threads }: HuntOptions,
  length: HuntLength,
  io: Io,
): Promise<Result<SampledRounds>> {
  const { rule, schedules, elapsed } = length;
  const onProgress = huntProgress(io.progress, length);
  if (rule !== null) {
    const plan = planOf(strategy, seed, schedules);
    const job = { program, plan, rule: ruleFor(address, rule), threads, elapsed };
    return sampleRounds(io.engine, job, onProgress, io.signal);
  }
  const range = { strategy, seedFrom: seed, schedules };
  const sampled = await io.engine.sample({ program, threads, ...range }, onProgress, io.signal);
  if (!sampled.ok) return sampled;
  const { totals, interrupted } = sampled.value;
  const whole = { strategy, seedFrom: seed, count: schedules, totals };
  return ok({ rounds: [[whole]], stopped: interrupted ? null : 'all schedules have run' });
}

function judge(
  address: string,
  totals: BatchTotals,
  counts: RunCounts,
  cut: HuntCut,
): Judged | null {
  const row = expectationOf(address);
  if (row === undefined) return null;
  const signatures = (report: boolean): string[] =>
    totals.signatures.filter((entry) => entry.report === report).map((entry) => entry.signature);
  const seenThrough = cut.runs.flatMap((run) => run.signatures);
  const why = differences(row, {
    failures: [...new Set([...signatures(false), ...seenThrough])],
    reports: signatures(true),
    cleanEnds: counts.clean > 0,
    missed: [],
    sampled: counts,
  });
  return judged(row, [...why, ...cutDiffers(cut.unjudged)]);
}

/** A livelock that a search has found behind a cut run is a failure; what no search has seen through may be one. */
function exitOf({ interrupted, expectation, failed, cutRuns, unjudged }: HuntAnswer): ExitCode {
  if (interrupted) return EXIT.interrupted;
  if (expectation !== null) return expectation.held ? EXIT.ok : EXIT.failed;
  const seenThrough = cutRuns.some(({ signatures }) => signatures.length > 0);
  return failed === 0 && !seenThrough && unjudged === 0 ? EXIT.ok : EXIT.failed;
}
