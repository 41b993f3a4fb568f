/**
 * Samples a plan round by round until its schedules are spent or a rule says that enough is known. A round that was
 * interrupted is no round: its totals count, but nothing is judged by them.
 */
import { allocate, stopReason, type Plan, type Round, type StopRule } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { ok, type Result } from '../outcome.js';
import type { Engine } from './engine.js';

export interface RoundsJob {
  readonly program: Program;
  readonly plan: Plan;
  readonly rule: StopRule;
  readonly threads: number;
  /** Milliseconds since the hunt began; looked at after each complete round. */
  readonly elapsed: () => number;
}

export interface SampledRounds {
  readonly rounds: readonly Round[];
  /** Why it ended; null if it was interrupted. */
  readonly stopped: string | null;
}

export async function sampleRounds(
  engine: Engine,
  { program, plan, rule, threads, elapsed }: RoundsJob,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Result<SampledRounds>> {
  const rounds: Round[] = [];
  let done = 0;
  for (;;) {
    const parts: Round[number][] = [];
    for (const part of allocate(rounds.length, rounds, plan)) {
      const before = done;
      const sampled = await engine.sample(
        { program, threads, ...part, schedules: part.count },
        (ran) => {
          onProgress(before + ran);
        },
        signal,
      );
      if (!sampled.ok) {
        if (!signal.aborted || done === 0) return sampled;
        return ok({ rounds: [...rounds, parts], stopped: null });
      }
      const { totals, interrupted } = sampled.value;
      parts.push({ ...part, totals });
      done += totals.schedules;
      if (interrupted) return ok({ rounds: [...rounds, parts], stopped: null });
    }
    rounds.push(parts);
    const stopped = stopReason(rule, rounds, plan, elapsed());
    if (stopped !== null) return ok({ rounds, stopped });
  }
}
