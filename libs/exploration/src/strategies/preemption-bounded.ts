/**
 * pb/1, a random walk with at most c preemptions (the bound of Musuvathi, Qadeer: Iterative context bounding, PLDI 2007,
 * sampled instead of enumerated). A task runs until it blocks, ends or yields; who is next is then drawn uniformly. A run
 * draws how many of 0..c preemptions it spends, and where among the k points at which one is possible.
 * Bound: a run with e <= c preemptions and b free switches has p >= e! / ((c+1) k^e n^(e+b)).
 * Deviations: a task that only the case's `order` holds back is left for free here, while its cost counts a preemption.
 * Limit: a loop that neither blocks nor yields keeps the processor; such a run is cut, and counted so.
 * Draws: the number of preemptions, their points; then one per switch.
 */
import type { Machine } from '@lastref/kernel';
import { isForced, lowestTask, Seeded } from './seeded.js';

export class PreemptionBounded extends Seeded {
  private points: readonly number[] = [];
  private passed = 0;
  private last = 0;

  constructor(
    readonly name: string,
    private readonly preemptions: number,
    private readonly k: number,
  ) {
    super();
  }

  protected prepare(): void {
    this.points = this.positions(this.generator.pick(this.preemptions + 1), this.k);
    this.passed = 0;
    this.last = 0;
  }

  pick(machine: Machine, candidates: number): number {
    if (isForced(candidates)) return lowestTask(candidates);
    const { last } = this;
    const stays =
      (last & candidates & ~machine.early()) !== 0 && !machine.atYieldPoint(lowestTask(last));
    if (!stays) return this.uniform(candidates);
    this.passed++;
    return this.points.includes(this.passed) ? this.uniform(candidates & ~last) : lowestTask(last);
  }

  executed(_machine: Machine, task: number): void {
    this.last = 1 << task;
  }
}
