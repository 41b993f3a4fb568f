/**
 * urw/1, the walk that is uniform over interleavings (Zhao, Wolff, Mathur, Roychoudhury: Selectively uniform concurrency
 * testing, ASPLOS 2025): a task runs with probability proportional to the steps it has left.
 * Bound: where counts are exact and nothing blocks, every interleaving has the same probability.
 * Deviations: counts are the program's profile; workers and tasks that start at a milestone keep counts of their own
 * instead of lending them to the task that starts them; a count that is used up stays at one, so nobody starves.
 * Draws: one per contested step.
 */
import { at, type Machine } from '@lastref/kernel';
import { isForced, lowestTask, Seeded } from './seeded.js';

export class Urw extends Seeded {
  private readonly left: number[] = [];

  /** @param steps expected steps per task */
  constructor(
    readonly name: string,
    private readonly steps: readonly number[],
  ) {
    super();
  }

  protected prepare(): void {
    this.steps.forEach((count, task) => (this.left[task] = count));
  }

  pick(_machine: Machine, candidates: number): number {
    if (isForced(candidates)) return lowestTask(candidates);
    let total = 0;
    for (let rest = candidates; rest !== 0; rest &= rest - 1)
      total += this.weight(lowestTask(rest));
    let draw = this.generator.pick(total);
    for (let rest = candidates; ; rest &= rest - 1) {
      const task = lowestTask(rest);
      draw -= this.weight(task);
      if (draw < 0 || isForced(rest)) return task;
    }
  }

  executed(_machine: Machine, task: number): void {
    this.left[task] = at(this.left, task) - 1;
  }

  private weight(task: number): number {
    return Math.max(1, at(this.left, task));
  }
}
