/**
 * urw/2, the walk that is uniform over interleavings (Zhao, Wolff, Mathur, Roychoudhury: Selectively uniform concurrency
 * testing, ASPLOS 2025): a task runs with probability proportional to the steps it has left, and to those of the tasks and
 * workers that it may still start.
 * Bound: an interleaving has at least the probability of one of all mergings, where exactness.ts says that counts are.
 * Deviations: counts come from the code as well as from the profile; one that is used up stays at one, so nobody starves.
 * Draws: one per contested step.
 */
import type { Machine, Program } from '@lastref/kernel';
import { Counts } from './counts.js';
import { Late } from './late.js';
import { isStep } from './patience.js';
import type { Profile } from './profile.js';
import { isForced, lowestTask, Seeded } from './seeded.js';

export class Urw extends Seeded {
  private readonly counts: Counts;
  private readonly late: Late;

  constructor(
    readonly name: string,
    program: Program,
    profile: Profile,
  ) {
    super();
    this.counts = new Counts(program, {
      op: isStep(program),
      takes: () => true,
      profiled: profile.steps,
    });
    this.late = new Late(program);
  }

  protected prepare(): void {
    this.counts.begin();
    this.late.begin();
  }

  pick(machine: Machine, candidates: number): number {
    if (isForced(candidates)) return lowestTask(candidates);
    this.late.look(machine, candidates);
    let total = 0;
    for (let rest = candidates; rest !== 0; rest &= rest - 1)
      total += this.weight(machine, lowestTask(rest));
    let draw = this.generator.pick(total);
    for (let rest = candidates; ; rest &= rest - 1) {
      const task = lowestTask(rest);
      draw -= this.weight(machine, task);
      if (draw < 0 || isForced(rest)) return task;
    }
  }

  executed(_machine: Machine, task: number): void {
    this.counts.count(task);
    this.late.executed(task);
  }

  private weight(machine: Machine, task: number): number {
    return Math.max(1, this.counts.of(machine, task, this.late.waiting));
  }
}
