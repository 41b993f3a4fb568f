/** What the passes propose, each executed once; and what it came to, per pass. */
import type { Executor } from './executor.js';
import type { Plan, Run } from './plan.js';
import { Statistics } from './statistics.js';
import { planText, Tried } from './tried.js';

export class Candidates {
  readonly statistics = new Statistics();
  private readonly tried = new Tried();

  constructor(private readonly executor: Executor) {}

  get exhausted(): boolean {
    return this.executor.exhausted;
  }

  /** The run that the plan leads to, if it is cheaper than `run`. */
  better(pass: string, plan: Plan, run: Run): Run | null {
    const { executor, statistics, tried } = this;
    const text = planText(plan);
    if (tried.has(text)) {
      statistics.cached(pass);
      return null;
    }
    const { steps } = executor;
    const better = executor.execute(plan, run.cost);
    statistics.executed(pass, executor.steps - steps, run.cost, better?.cost);
    if (better === null) tried.add(text);
    return better;
  }
}
