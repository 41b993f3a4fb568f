/**
 * pos/1, partial order sampling (Yuan, Yang, Gu: Partial order aware concurrency sampling, CAV 2018). Every pending step
 * has a random priority, the highest candidate runs; then the task's next step gets a fresh one, and so does every
 * pending step of another task that races with the one that ran.
 * Bound: every schedule keeps a positive probability; no number is stated.
 * Deviations: the races are those of the kernel's footprints (one location per step); steps that race with nothing take
 * part like any other; a step that is pending but blocked is redrawn as well; after twice the profile's contested steps
 * the run goes on as a uniform walk, since a low priority lasts as long as nothing races with its step.
 * Draws: one word per task in order; per step, forced or not, one for the task that runs, then one per race in order;
 * one per contested step of the walk at the end.
 */
import { at, conflicts, nextFootprint, NOTHING, type Machine } from '@lastref/kernel';
import { isForced, lowestTask, Seeded } from './seeded.js';

/** Contested steps, as a multiple of k, after which priorities no longer decide. */
const FAIR_AFTER = 2;

export class Pos extends Seeded {
  private readonly priority: number[];
  private contested = 0;

  /** @param tasks declared tasks and workers, @param k contested steps to expect of a run */
  constructor(
    readonly name: string,
    private readonly tasks: number,
    private readonly k: number,
  ) {
    super();
    this.priority = Array.from({ length: tasks }, (_, task) => task);
  }

  protected prepare(): void {
    for (let task = 0; task < this.tasks; task++) this.priority[task] = this.generator.next();
    this.contested = 0;
  }

  pick(machine: Machine, candidates: number): number {
    const { priority, tasks } = this;
    if (!isForced(candidates) && ++this.contested > FAIR_AFTER * this.k)
      return this.uniform(candidates);
    let chosen = lowestTask(candidates);
    for (let rest = candidates; rest !== 0; rest &= rest - 1) {
      const task = lowestTask(rest);
      if (at(priority, task) > at(priority, chosen)) chosen = task;
    }
    const print = nextFootprint(machine, chosen);
    priority[chosen] = this.generator.next();
    if (print === NOTHING) return chosen;
    for (let task = 0; task < tasks; task++)
      if (task !== chosen && conflicts(print, nextFootprint(machine, task)))
        priority[task] = this.generator.next();
    return chosen;
  }

  executed(): void {
    return;
  }
}
