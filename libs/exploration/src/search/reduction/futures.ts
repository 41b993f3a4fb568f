/**
 * All that a task can still touch, from an operation on, while some locks stay held by tasks that do not move: it cannot
 * get past an operation that waits for one of those. Computed once per operation and set of locks.
 */
import { at, type Tables } from '@lastref/kernel';
import { unite, type Bits } from './bits.js';
import { entryOfWork } from './code-walk.js';
import type { EffectBits } from './effect-bits.js';
import { lockClassOf, lockUse, type LockUse } from './lock-of.js';

export class Futures {
  private readonly byLocks = new Map<number, FuturesUnder>();
  private readonly use: readonly LockUse[];
  private readonly lock: readonly number[];

  constructor(
    tables: Tables,
    private readonly effects: EffectBits,
  ) {
    const { code } = tables.program;
    this.use = code.map(lockUse);
    this.lock = code.map((_, pc) => lockClassOf(tables, pc));
  }

  /** @param frozen bits of the lock classes that stay held */
  under(frozen: number): FuturesUnder {
    let futures = this.byLocks.get(frozen);
    if (futures === undefined) {
      futures = new FuturesUnder(this.effects, (from) => this.walk(from, frozen));
      this.byLocks.set(frozen, futures);
    }
    return futures;
  }

  private walk(from: readonly number[], frozen: number): Bits {
    const { op, failing } = this.effects;
    const { code } = this.effects.program;
    const future = this.effects.none();
    const seen = new Set<number>();
    const stack = [...from];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (pc === 0 || seen.has(pc)) continue;
      seen.add(pc);
      const { next, alt } = at(code, pc);
      const lock = at(this.lock, pc);
      const held = lock >= 0 && (frozen & (1 << lock)) !== 0;
      if (held && this.use[pc] === 'waits') {
        unite(future, at(failing, pc));
        continue;
      }
      unite(future, at(op, pc));
      if (!held || this.use[pc] !== 'tries') stack.push(next);
      if (alt !== undefined) stack.push(alt);
    }
    return future;
  }
}

export class FuturesUnder {
  private readonly byPc: Bits[] = [];
  private readonly byQueue: Bits[] = [];

  constructor(
    private readonly effects: EffectBits,
    private readonly walk: (from: readonly number[]) => Bits,
  ) {}

  /** From the operation on, to the end of its body. Shared: not to be written. */
  from(pc: number): Bits {
    return (this.byPc[pc] ??= this.walk([pc]));
  }

  /** Of an idle worker of a queue of this type that finds items. */
  ofIdle(queueType: number): Bits {
    return (this.byQueue[queueType] ??= this.ofItems(queueType));
  }

  private ofItems(queueType: number): Bits {
    const { effects, program, take } = this.effects;
    const works = effects.worksOf[queueType] ?? [];
    const future = this.walk(works.map((work) => entryOfWork(program, work)));
    unite(future, at(take, queueType));
    return future;
  }
}
