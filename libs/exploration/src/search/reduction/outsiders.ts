/**
 * What the tasks outside a set can do while the tasks of the set do not move: which of them can move at all, and what
 * each may touch. The least solution of: a task moves that can take a step now, or that waits for something which one that
 * moves may bring about; a task does not get past a lock held by one that does not move.
 */
import { at, cell, resource, type Actor, type Machine, type TaskActor } from '@lastref/kernel';
import { conflict, touches, unite, writes, type Bits } from './bits.js';
import type { EffectBits } from './effect-bits.js';
import { FrozenLocks, type Frozen } from './frozen-locks.js';
import type { Futures, FuturesUnder } from './futures.js';
import { fieldsOf, sourcesOf } from './sources.js';
import type { Standing, Wait } from './standing.js';

const { clz32 } = Math;

export class Outsiders {
  /** Mask of the outsiders that can move. */
  moving = 0;
  /** What all of them together may touch. */
  readonly all: Bits;
  /** What each may touch, by task; of those that move. Not to be written. */
  readonly future: Bits[];
  private readonly locks: FrozenLocks;
  private readonly poolOf: readonly number[];
  /** Per source: what is touched where something comes to it. */
  private readonly itemsOf: readonly (readonly number[])[];
  private readonly takers: number;
  private readonly nothing: Bits;
  /** Per worker: what it may touch in this item and those after it. */
  private readonly both: readonly Bits[];
  private readonly allocates = (type: number): boolean => writes(this.all, at(this.poolOf, type));

  constructor(
    private readonly machine: Machine,
    effects: EffectBits,
    private readonly futures: Futures,
    private readonly standing: Standing,
  ) {
    const { program } = machine.tables;
    this.all = effects.none();
    this.nothing = effects.none();
    this.future = new Array<Bits>(machine.taskCount).fill(this.nothing);
    this.both = this.future.map(() => effects.none());
    const { layout, anyTime } = machine.tables;
    this.takers = layout.tasks.reduce(
      (mask, { kind }, task) =>
        kind === 'worker' || kind === 'handler' || (kind === 'timer' && anyTime)
          ? mask | (1 << task)
          : mask,
      0,
    );
    this.locks = new FrozenLocks(machine.tables);
    this.poolOf = program.types.map((_, type) => effects.numberOf(resource.pool(type)));
    this.itemsOf = sourcesOf(program).map((source) =>
      (source.of === 'queue' ? [resource.items(source.type)] : fieldsOf(program, source.work)).map(
        (name) => effects.numberOf(name),
      ),
    );
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
    const held = this.locks.heldBy(this.machine, ~this.moving);
    for (let frozen: Frozen | null = null; ;) {
      const now: Frozen = this.locks.thawed(held, this.allocates);
      if (now.exclusive === frozen?.exclusive && now.shared === frozen.shared) return;
      frozen = now;
      this.unite(this.futures.under(frozen));
    }
  }

  private unite(futures: FuturesUnder): void {
    this.all.fill(0);
    for (let rest = this.moving; rest !== 0; rest &= rest - 1) {
      const task = 31 - clz32(rest & -rest);
      const pc = this.standing.startsAt(task);
      const future = pc === 0 ? this.nothing : futures.from(pc);
      this.future[task] = future;
      unite(this.all, future);
    }
    const takers = this.moving & this.takers;
    for (let before = -1, idle = 0; takers !== idle && before !== idle;) {
      before = idle;
      for (let rest = takers & ~idle; rest !== 0; rest &= rest - 1) {
        const task = 31 - clz32(rest & -rest);
        if (!this.findsItems(task)) continue;
        idle |= 1 << task;
        const both = at(this.both, task);
        both.set(at(this.future, task));
        unite(both, futures.ofIdle(this.standing.sourceOf(task)));
        this.future[task] = both;
        unite(this.all, both);
      }
    }
  }

  /** Whether a worker, once idle, may find an item, or a timer be armed, or a handler raised. */
  private findsItems(task: number): boolean {
    const { tables, state } = this.machine;
    const actor = tables.layout.tasks[task];
    if (actor === undefined || actor.kind === 'task') return false;
    const slot = sourceSlot(actor);
    if (slot >= 0 && cell(state, slot) !== 0) return true;
    const items = at(this.itemsOf, this.standing.sourceOf(task));
    return items.some((number) => touches(this.all, number));
  }
}

/** Slot that says whether there is something to take up. */
function sourceSlot(actor: Exclude<Actor, TaskActor>): number {
  switch (actor.kind) {
    case 'worker':
      return actor.fifo;
    case 'timer':
      return actor.armed;
    case 'handler':
      return actor.raised;
  }
}
