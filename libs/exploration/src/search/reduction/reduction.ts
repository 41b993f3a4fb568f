/**
 * Which candidates of a state have to be expanded so that nothing is lost: a stubborn set of tasks. The next step of each
 * of its candidates commutes with all that the tasks outside can do before one of the set moves, and none of the set that
 * waits can be woken from outside. Then every run from here goes through one of these steps sooner or later, or may as
 * well begin with one: the same failures, ends and reports come after it.
 * Guarantee and proof: docs/decisions/partial-order-reduction.md; the search adds the proviso against ignoring for ever.
 */
import { at, type Machine, type Program } from '@lastref/kernel';
import { conflict, type Bits } from './bits.js';
import { EffectBits } from './effect-bits.js';
import { Futures } from './futures.js';
import { Outsiders } from './outsiders.js';
import { OwnSteps } from './own-steps.js';
import { Standing, type Wait } from './standing.js';
import { WaitCycles } from './wait-cycles.js';

const { clz32 } = Math;

/**
 * Whether the reduction holds for the program. Not where freed memory is reused at once: there freed objects can still be
 * written and point to others, so that slots do not become free in the same order; nor where a task interrupts another,
 * whose steps it keeps back whatever they are.
 */
export const canReduce = ({ reuse, detect, tasks }: Program): boolean =>
  reuse !== 'zeroed' && detect === undefined && tasks.every(({ on }) => on === undefined);

export class Reduction {
  private readonly standing: Standing;
  private readonly outsiders: Outsiders;
  private readonly cycles: WaitCycles;
  private readonly steps: OwnSteps;
  private readonly waits: (Wait | null)[];
  private candidates = 0;
  /** Candidates that may arrive, with their step, where they can be part of a deadlock. */
  private unsafe = 0;

  constructor(private readonly machine: Machine) {
    const { tables, taskCount } = machine;
    const { program } = tables;
    const effects = new EffectBits(program);
    this.standing = new Standing(machine, effects);
    const futures = new Futures(tables, effects);
    this.outsiders = new Outsiders(machine, effects, futures, this.standing);
    this.cycles = new WaitCycles(tables);
    this.steps = new OwnSteps(machine, effects, this.outsiders);
    this.waits = new Array<Wait | null>(taskCount).fill(null);
  }

  /** The candidates to expand of the machine's present state; all of them where nothing less will do. */
  choose(candidates: number): number {
    if (isSingle(candidates)) return candidates;
    this.look(candidates);
    let best = candidates;
    for (let rest = candidates & ~this.unsafe; rest !== 0; rest &= rest - 1) {
      best = this.stubborn(rest & -rest, best);
      if (isSingle(best)) break;
    }
    return best;
  }

  /** Notes how the tasks stand. */
  private look(candidates: number): void {
    const { standing, cycles } = this;
    this.candidates = candidates;
    this.unsafe = 0;
    for (let task = 0; task < this.machine.taskCount; task++) {
      const bit = 1 << task;
      this.waits[task] = (candidates & bit) === 0 ? standing.wait(task) : null;
      if ((candidates & bit) === 0) continue;
      const idle = standing.idleOn(task);
      const unsafe = idle >= 0 ? cycles.unsafeTake[idle] : cycles.unsafe[standing.pc(task)];
      if (unsafe === true) this.unsafe |= bit;
    }
  }

  /** The candidates of the least stubborn set with the task, if they are fewer than those of the best known; else those. */
  private stubborn(seed: number, best: number): number {
    const { candidates, outsiders } = this;
    for (let set = seed; ;) {
      const chosen = set & candidates;
      if ((set & this.unsafe) !== 0 || bitCount(chosen) >= bitCount(best)) return best;
      outsiders.compute(set, candidates, this.waits);
      let wanted = 0;
      for (let rest = set; rest !== 0; rest &= rest - 1) {
        const task = 31 - clz32(rest & -rest);
        wanted |= (candidates & (1 << task)) !== 0 ? this.forStep(task) : this.forWait(task);
      }
      if ((wanted & ~set) === 0) return chosen;
      set |= wanted;
    }
  }

  /** Outsiders that the candidate's step may not commute with. */
  private forStep(task: number): number {
    const { standing } = this;
    const own = this.steps.of(task, standing.pc(task), standing.idleOn(task), this.isAwaited(task));
    return this.conflicting(own);
  }

  /** Whether another task waits until this one lets go of something. */
  private isAwaited(task: number): boolean {
    const bit = 1 << task;
    return this.waits.some((wait) => wait !== null && (wait.holders & bit) !== 0);
  }

  /** Outsiders that may end the task's wait. */
  private forWait(task: number): number {
    const wait = this.waits[task];
    if (wait === null || wait === undefined) return 0;
    const { holders, effect } = wait;
    if (holders === 0) return this.conflicting(effect);
    return (holders & ~this.outsiders.moving) === 0 ? holders & -holders : 0;
  }

  private conflicting(effect: Bits): number {
    const { outsiders } = this;
    if (!conflict(effect, outsiders.all)) return 0;
    let found = 0;
    for (let rest = outsiders.moving; rest !== 0; rest &= rest - 1) {
      const task = 31 - clz32(rest & -rest);
      if (conflict(effect, at(outsiders.future, task))) found |= 1 << task;
    }
    return found;
  }
}

const isSingle = (mask: number): boolean => (mask & (mask - 1)) === 0;

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
