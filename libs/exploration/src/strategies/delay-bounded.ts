/**
 * db/1, a round-robin schedule with at most d delays (Emmi, Qadeer, Rakamaric: Delay-bounded scheduling, POPL 2011,
 * sampled instead of enumerated). A task runs until it blocks, ends or yields, then the next one in order of number; a
 * delay passes the task over that would run. A run draws how many of 0..d delays it spends, and at which of k contested
 * steps.
 * Bound: a run that e <= d delays lead to has p >= 1 / ((d+1) k^e).
 * Limit: a loop that neither blocks nor yields keeps the processor; such a run is cut, and counted so.
 * Draws: the number of delays, then their steps; nothing per step.
 */
import type { Machine } from '@lastref/kernel';
import { isForced, lowestTask, Seeded } from './seeded.js';

export class DelayBounded extends Seeded {
  private delayed: readonly number[] = [];
  private contested = 0;
  private last = -1;

  constructor(
    readonly name: string,
    private readonly delays: number,
    private readonly k: number,
  ) {
    super();
  }

  protected prepare(): void {
    this.delayed = this.positions(this.generator.pick(this.delays + 1), this.k);
    this.contested = 0;
    this.last = -1;
  }

  pick(machine: Machine, candidates: number): number {
    if (isForced(candidates)) return lowestTask(candidates);
    this.contested++;
    const { last } = this;
    const stays = last >= 0 && (candidates & (1 << last)) !== 0 && !machine.atYieldPoint(last);
    let task = stays ? last : after(last, candidates);
    for (const step of this.delayed) if (step === this.contested) task = after(task, candidates);
    return task;
  }

  executed(_machine: Machine, task: number): void {
    this.last = task;
  }
}

/** The next candidate in order of number, cyclically; the first one for -1. */
const after = (task: number, candidates: number): number => {
  const later = candidates & ~((2 << task) - 1);
  return lowestTask(later === 0 ? candidates : later);
};
