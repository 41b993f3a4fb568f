/**
 * db/1, a round-robin schedule with at most d delays (Emmi, Qadeer, Rakamaric: Delay-bounded scheduling, POPL 2011,
 * sampled instead of enumerated). A task runs until it blocks, ends, yields or comes to the head of a loop, then the next
 * one in order of number, an early timeout only where a delay leads to it; a delay passes the task over that would run. A run draws how many of 0..d delays it spends, and
 * at which of k contested steps.
 * Bound: a run that e <= d delays lead to has p >= 1 / ((d+1) k^e).
 * Deviation: heads of loops pass the turn on, else a restart loop would keep the processor for ever.
 * Draws: the number of delays, then their steps; nothing per step.
 */
import { at, type Machine } from '@lastref/kernel';
import { isForced, lowestTask, Seeded } from './seeded.js';

export class DelayBounded extends Seeded {
  private delayed: readonly number[] = [];
  private contested = 0;
  private last = -1;

  constructor(
    readonly name: string,
    private readonly delays: number,
    private readonly k: number,
    private readonly heads: ReadonlySet<number>,
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
    const now = candidates & ~machine.early();
    let task = this.stays(machine, now) ? last : after(last, now);
    for (const step of this.delayed) if (step === this.contested) task = after(task, candidates);
    return task;
  }

  private stays(machine: Machine, candidates: number): boolean {
    const { last } = this;
    if (last < 0 || (candidates & (1 << last)) === 0 || machine.atYieldPoint(last)) return false;
    return !this.heads.has(at(machine.state, at(machine.pcSlot, last)));
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
