/**
 * All that a task can still touch, from an operation on, while some locks stay held by tasks that do not move: it cannot
 * get past an operation that waits for one of those. Computed once per operation and set of locks.
 */
import { at, specOf, type LockUse, type Tables } from '@lastref/kernel';
import { unite, type Bits } from './bits.js';
import { entryOfWork } from './code-walk.js';
import type { EffectBits } from './effect-bits.js';
import { isStuck, type Frozen } from './frozen-locks.js';
import { lockClassAt } from './held-locks.js';

export class Futures {
  private readonly byLocks = new Map<number, Map<number, FuturesUnder>>();
  /** Per operation: what it is about, and whether it waits for that alone; null where no lock can keep it from its success. */
  private readonly uses: readonly ({ readonly use: LockUse; readonly waits: boolean } | null)[];
  private readonly lock: readonly number[];

  constructor(
    tables: Tables,
    private readonly effects: EffectBits,
  ) {
    const { code } = tables.program;
    this.uses = code.map(({ op }) => {
      const { lock, wait } = specOf(op);
      if (lock === 'none') return null;
      return { use: lock, waits: wait !== 'never' && wait.signal === undefined };
    });
    this.lock = code.map((_, pc) => lockClassAt(tables, pc));
  }

  under(frozen: Frozen): FuturesUnder {
    let byShared = this.byLocks.get(frozen.exclusive);
    if (byShared === undefined) {
      byShared = new Map<number, FuturesUnder>();
      this.byLocks.set(frozen.exclusive, byShared);
    }
    let futures = byShared.get(frozen.shared);
    if (futures === undefined) {
      futures = new FuturesUnder(this.effects, (from) => this.walk(from, frozen));
      byShared.set(frozen.shared, futures);
    }
    return futures;
  }

  private walk(from: readonly number[], frozen: Frozen): Bits {
    const { op, failing } = this.effects;
    const { code } = this.effects.program;
    const future = this.effects.none();
    const seen = new Set<number>();
    const stack = [...from];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (pc === 0 || seen.has(pc)) continue;
      seen.add(pc);
      const { next, alt } = at(code, pc);
      const about = at(this.uses, pc);
      const stuck = about !== null && isStuck(about.use, at(this.lock, pc), frozen);
      if (stuck && about.waits) {
        unite(future, at(failing, pc));
        continue;
      }
      unite(future, at(op, pc));
      if (!stuck) stack.push(next);
      if (alt !== undefined) stack.push(alt);
    }
    return future;
  }
}

export class FuturesUnder {
  private readonly byPc: Bits[] = [];
  private readonly bySource: Bits[] = [];

  constructor(
    private readonly effects: EffectBits,
    private readonly walk: (from: readonly number[]) => Bits,
  ) {}

  /** From the operation on, to the end of its body. Shared: not to be written. */
  from(pc: number): Bits {
    return (this.byPc[pc] ??= this.walk([pc]));
  }

  /** Of an idle worker or timer that finds something at its source. */
  ofIdle(source: number): Bits {
    return (this.bySource[source] ??= this.ofItems(source));
  }

  private ofItems(source: number): Bits {
    const { begins, program, take } = this.effects;
    const future = this.walk(at(begins, source).map((work) => entryOfWork(program, work)));
    unite(future, at(take, source));
    return future;
  }
}
