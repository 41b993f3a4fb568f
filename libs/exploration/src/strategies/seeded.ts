/**
 * What all strategies but rw/1 share: one generator per run, and the weighted draws for optional tasks and faults. A
 * strategy draws what it needs at the start of a run first, then the optional tasks in declaration order, then per step
 * its choice and, where the step has an armed fault point, the fault.
 */
import { at, Xoroshiro, type Machine } from '@lastref/kernel';
import { countBits, nthBit, WEIGHT_RANGE, type Strategy } from './strategy.js';

const { clz32 } = Math;

export abstract class Seeded implements Strategy {
  abstract readonly name: string;
  protected readonly generator = new Xoroshiro();

  begin(seed: number): void {
    this.generator.seed(seed);
    this.prepare();
  }

  start(weight: number): boolean {
    return this.generator.pick(WEIGHT_RANGE) < weight;
  }

  fault(weight: number): boolean {
    return this.generator.pick(WEIGHT_RANGE) < weight;
  }

  abstract pick(machine: Machine, candidates: number): number;

  abstract executed(machine: Machine, task: number): void;

  /** Draws what the run needs before its first choice. */
  protected abstract prepare(): void;

  protected uniform(mask: number): number {
    return nthBit(mask, this.generator.pick(countBits(mask)));
  }

  /** Puts the list into a random order. */
  protected shuffle(list: number[]): void {
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.generator.pick(last + 1);
      const moved = at(list, last);
      list[last] = at(list, other);
      list[other] = moved;
    }
  }

  /** How many of this many draws from 1 to `range` are where. */
  protected positions(count: number, range: number): number[] {
    return Array.from({ length: count }, () => this.generator.pick(range) + 1);
  }
}

/** Whether no choice is left: zero or one bit. */
export const isForced = (candidates: number): boolean => (candidates & (candidates - 1)) === 0;

export const lowestTask = (mask: number): number => 31 - clz32(mask & -mask);

/** The task of the mask with the highest priority. */
export function highest(priority: readonly number[], mask: number): number {
  let best = lowestTask(mask);
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const task = lowestTask(rest);
    if (at(priority, task) > at(priority, best)) best = task;
  }
  return best;
}
