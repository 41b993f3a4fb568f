/**
 * What the tasks outside a set can do while the tasks of the set do not move: which of them can move at all, and what
 * each may touch. The least solution of: a task moves that can take a step now, or that waits for something which one that
 * moves may bring about; a task does not get past a lock held by one that does not move.
 */
import { at, cell, resource, type Machine } from '@lastref/kernel';
import { conflict, touches, unite, writes, type Bits } from './bits.js';
import type { EffectBits } from './effect-bits.js';
import { FrozenLocks } from './frozen-locks.js';
import type { Futures } from './futures.js';
import type { Standing, Wait } from './standing.js';

const { clz32 } = Math;

export class Outsiders {
  /** Mask of the outsiders that can move. */
  moving = 0;
  /** What all of them together may touch. */
  readonly all: Bits;
  /** What each may touch, by task; of those that move. */
  readonly future: Bits[];
  private readonly locks: FrozenLocks;
  private readonly poolOf: readonly number[];
  private readonly itemsOf: readonly number[];

  constructor(
    private readonly machine: Machine,
    effects: EffectBits,
    private readonly futures: Futures,
    private readonly standing: Standing,
  ) {
    const { program } = machine.tables;
    this.all = effects.none();
    this.future = Array.from({ length: machine.taskCount }, () => effects.none());
    this.locks = new FrozenLocks(machine.tables);
    this.poolOf = program.types.map((_, type) => effects.numberOf(resource.pool(type)));
    this.itemsOf = program.types.map((_, type) => effects.numberOf(resource.items(type)));
  }

  /** @param waits of every task that is no candidate */
  compute(set: number, candidates: number, waits: readonly (Wait | null)[]): void {
    this.moving = candidates & ~set;
    this.all.fill(0);
    for (let before = -1; before !== this.moving;) {
      before = this.moving;
      this.lookAhead();
      for (let task = 0; task < this.machine.taskCount; task++) {
        const bit = 1 << task;
        const wait = waits[task];
        if (((set | this.moving) & bit) !== 0 || wait === null || wait === undefined) continue;
        if (this.canEnd(wait)) this.moving |= bit;
      }
    }
  }

  /** Whether the steps of those that move may end the wait. */
  canEnd({ holders, effect }: Wait): boolean {
    if (holders !== 0) return (holders & ~this.moving) === 0;
    return conflict(effect, this.all);
  }

  private lookAhead(): void {
    const allocates = (type: number): boolean => writes(this.all, at(this.poolOf, type));
    for (let frozen = -1, before = -2; frozen !== before;) {
      before = frozen;
      frozen = this.locks.of(this.machine, ~this.moving, allocates);
      this.unite(frozen);
    }
  }

  private unite(frozen: number): void {
    this.all.fill(0);
    for (let rest = this.moving; rest !== 0; rest &= rest - 1) {
      const task = 31 - clz32(rest & -rest);
      const future = at(this.future, task);
      future.fill(0);
      const pc = this.standing.startsAt(task);
      if (pc !== 0) unite(future, this.futures.from(pc, frozen));
      unite(this.all, future);
    }
    for (let before = -1, idle = 0; before !== idle;) {
      before = idle;
      for (let rest = this.moving & ~idle; rest !== 0; rest &= rest - 1) {
        const task = 31 - clz32(rest & -rest);
        if (!this.findsItems(task)) continue;
        idle |= 1 << task;
        const type = this.queueTypeOf(task);
        unite(at(this.future, task), this.futures.ofIdle(type, frozen));
        unite(this.all, at(this.future, task));
      }
    }
  }

  /** Whether it is a worker that, once idle, may find an item. */
  private findsItems(task: number): boolean {
    const { tables, state } = this.machine;
    const type = this.queueTypeOf(task);
    if (type < 0) return false;
    const fifo = cell(tables.taskFifo, task);
    return (fifo >= 0 && cell(state, fifo) !== 0) || touches(this.all, at(this.itemsOf, type));
  }

  private queueTypeOf(task: number): number {
    const { layout, typeOf } = this.machine.tables;
    const queue = layout.tasks[task]?.queue ?? 0;
    return queue === 0 ? -1 : cell(typeOf, queue);
  }
}
