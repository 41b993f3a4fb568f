/**
 * pair/1, ordered pairs of conflicting operations (the idea of Sen: Race directed random testing of concurrent programs, PLDI
 * 2008, with pairs from the code instead of a first phase; and of the constraints of Wolff, Shi, Duck, Mathur, Roychoudhury:
 * Greybox fuzzing for concurrency testing, ASPLOS 2024, without a corpus). A run draws d pairs; a task that stands at the
 * second operation of one is held until somebody has executed the first, or until all who can go on are held so. Otherwise it
 * walks uniformly, or, with p=1, by random priorities that stay.
 * Bound: each pair is drawn with p = 1 - (1 - 1/N)^d, for N pairs; none on what its order then shows.
 * Deviations: after twice the contested steps to expect the run goes on as a uniform walk.
 * Draws: the pairs; with p=1 a permutation of the tasks; then one per step that has a choice, without p=1.
 */
import { at, cell, tablesOf, type Machine, type Program } from '@lastref/kernel';
import { conflictingPairs, type OrderedPair } from './code/pairs.js';
import { patienceOf } from './patience.js';
import type { Profile } from './profile.js';
import { highest, isForced, lowestTask, Seeded } from './seeded.js';

export class Pair extends Seeded {
  private readonly pairs: readonly OrderedPair[];
  private readonly patience: number;
  private readonly priority: number[];
  private open: readonly OrderedPair[] = [];
  private contested = 0;

  /** @param count pairs that a run draws */
  constructor(
    readonly name: string,
    program: Program,
    profile: Profile,
    private readonly count: number,
    private readonly byPriority: boolean,
  ) {
    super();
    this.pairs = conflictingPairs(program);
    this.patience = patienceOf(program, profile);
    this.priority = tablesOf(program).layout.tasks.map((_, task) => task);
  }

  protected prepare(): void {
    const { pairs, generator } = this;
    this.open =
      pairs.length === 0
        ? []
        : Array.from({ length: this.count }, () => at(pairs, generator.pick(pairs.length)));
    if (this.byPriority) {
      this.priority.forEach((_, task) => (this.priority[task] = task));
      this.shuffle(this.priority);
    }
    this.contested = 0;
  }

  pick(machine: Machine, candidates: number): number {
    if (!isForced(candidates) && ++this.contested > this.patience) return this.uniform(candidates);
    const free = candidates & ~this.held(machine, candidates);
    const task = this.choose(free === 0 ? candidates : free);
    const pc = standsAt(machine, task);
    if (this.open.length > 0)
      this.open = this.open.filter(({ first, second }) => first !== pc && second !== pc);
    return task;
  }

  executed(): void {
    return;
  }

  private held(machine: Machine, candidates: number): number {
    let held = 0;
    if (this.open.length === 0) return held;
    for (let rest = candidates; rest !== 0; rest &= rest - 1) {
      const task = lowestTask(rest);
      const pc = standsAt(machine, task);
      for (const { second } of this.open) if (second === pc) held |= 1 << task;
    }
    return held;
  }

  private choose(mask: number): number {
    return this.byPriority ? highest(this.priority, mask) : this.uniform(mask);
  }
}

const standsAt = (machine: Machine, task: number): number =>
  cell(machine.state, at(machine.pcSlot, task));
