/**
 * A failing run made as cheap as the passes can: the upper bound of the exact search, and the reproduction itself where that
 * search does not end.
 */
import { replay, type Pulse, type ReplayInput } from '@lastref/exploration';
import { assert, type Cost, type Program, type Trace } from '@lastref/kernel';
import type { Target } from '../target.js';
import { compareCosts } from '../compare-costs.js';
import { Candidates } from './candidates.js';
import { Executor } from './executor.js';
import { faultAt, type Plan, type Run } from './plan.js';
import { shrinkRun } from './shrink-run.js';
import type { PassStatistics } from './statistics.js';

export type SeededResult =
  | { readonly ok: true; readonly seeded: SeededRun }
  | { readonly ok: false; readonly message: string };

export class SeededRun {
  private constructor(
    private readonly program: Program,
    readonly executor: Executor,
    private readonly candidates: Candidates,
    /** What the run cost that all began with. */
    readonly from: Cost,
    private best: Run,
  ) {}

  /** Refuses a start that cannot be replayed, or does not show the target. */
  static begin(
    program: Program,
    target: Target,
    start: ReplayInput,
    maxSteps: number,
    pulse: Pulse,
  ): SeededResult {
    const replayed = replay(program, start);
    if (!replayed.ok) return replayed;
    const executor = new Executor(program, target, maxSteps, pulse);
    const run = executor.execute(planOf(program, replayed.trace));
    if (run !== null) {
      const candidates = new Candidates(executor);
      const best = shrinkRun(candidates, run);
      const seeded = new SeededRun(program, executor, candidates, run.cost, best);
      return { ok: true, seeded };
    }
    const { verdict } = replayed.trace;
    const shown = verdict.outcome === 'failed' ? verdict.signature : verdict.outcome;
    const message = `the run to start from does not show ${target.signature}: it ends ${shown}`;
    return { ok: false, message };
  }

  get run(): Run {
    return this.best;
  }

  get statistics(): readonly PassStatistics[] {
    return this.candidates.statistics.perPass();
  }

  /** Goes on with a run that the exact search has met, if it is cheaper. */
  improve(schedule: string): void {
    const replayed = replay(this.program, { schedule });
    assert(replayed.ok, 'a schedule that the search found can be replayed');
    if (compareCosts(replayed.trace.cost, this.best.cost) >= 0) return;
    const run = this.executor.execute(planOf(this.program, replayed.trace));
    assert(run !== null, 'a run that the search found meets the target');
    this.best = shrinkRun(this.candidates, run);
  }
}

function planOf(program: Program, { started, steps }: Trace): Plan {
  const counts = new Map<number, number>();
  const faults = new Set<number>();
  for (const { task, fault } of steps) {
    const before = counts.get(task) ?? 0;
    counts.set(task, before + 1);
    if (fault) faults.add(faultAt(task, before));
  }
  return {
    starts: program.tasks.flatMap((decl, t) =>
      decl.optional === undefined ? [] : [started.includes(t)],
    ),
    segments: steps.map(({ task }) => ({ task, steps: 1 })),
    faults,
    goesOn: true,
  };
}
