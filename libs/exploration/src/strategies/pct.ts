/**
 * pct/1, probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: A randomized scheduler with
 * probabilistic guarantees of finding bugs, ASPLOS 2010). Tasks have distinct random priorities, the highest candidate
 * runs; at d-1 random steps the task about to run falls below all initial priorities, to the number of the step's draw.
 * Bound: one run finds a bug of depth d with p >= 1/(n k^(d-1)), for n tasks and runs of at most k contested steps.
 * Deviations: steps without a choice are not counted; k is the program's own unless given; after 2k contested steps the
 * run goes on as a uniform walk, so that no loop starves the others for ever.
 * Draws: a permutation of the tasks, then d-1 change points; nothing per step before the walk at the end.
 */
import type { Machine } from '@lastref/kernel';
import { highest, isForced, lowestTask, Seeded } from './seeded.js';

/** Contested steps, as a multiple of k, after which priorities no longer decide. */
const FAIR_AFTER = 2;

export class Pct extends Seeded {
  private readonly priority: number[];
  private changes: readonly number[] = [];
  private contested = 0;

  /** @param tasks declared tasks and workers, @param k contested steps that change points are drawn from */
  constructor(
    readonly name: string,
    private readonly tasks: number,
    private readonly depth: number,
    private readonly k: number,
  ) {
    super();
    this.priority = Array.from({ length: tasks }, (_, task) => task);
  }

  protected prepare(): void {
    const { priority, tasks, depth } = this;
    for (let task = 0; task < tasks; task++) priority[task] = depth + task;
    this.shuffle(priority);
    this.changes = this.positions(depth - 1, this.k);
    this.contested = 0;
  }

  pick(_machine: Machine, candidates: number): number {
    if (isForced(candidates)) return lowestTask(candidates);
    this.contested++;
    if (this.contested > FAIR_AFTER * this.k) return this.uniform(candidates);
    for (let i = 0; i < this.changes.length; i++)
      if (this.changes[i] === this.contested)
        this.priority[highest(this.priority, candidates)] = i + 1;
    return highest(this.priority, candidates);
  }

  executed(): void {
    return;
  }
}
