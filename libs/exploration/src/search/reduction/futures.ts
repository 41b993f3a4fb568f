/**
 * All that a task can still touch, from an operation on, while some locks stay held by tasks that do not move: it cannot
 * get past an operation that waits for one of those. Computed once per operation and set of locks.
 */
import { at, type Tables } from '@lastref/kernel';
import { unite, type Bits } from './bits.js';
import { entryOfWork } from './code-walk.js';
import type { EffectBits } from './effect-bits.js';
import { lockClassOf, lockUse } from './lock-of.js';

export class Futures {
  private readonly known = new Map<number, Bits>();
  private readonly use: readonly ReturnType<typeof lockUse>[];
  private readonly lock: readonly number[];

  constructor(
    private readonly tables: Tables,
    private readonly effects: EffectBits,
  ) {
    const { code } = tables.program;
    this.use = code.map(lockUse);
    this.lock = code.map((_, pc) => lockClassOf(tables, pc));
  }

  /** From the operation on, to the end of its body. @param frozen bits of the lock classes that stay held */
  from(pc: number, frozen: number): Bits {
    const key = pc + frozen * 4096;
    let future = this.known.get(key);
    if (future === undefined) this.known.set(key, (future = this.walk([pc], frozen)));
    return future;
  }

  /** Of an idle worker of a queue of this type that finds items. */
  ofIdle(queueType: number, frozen: number): Bits {
    const { program } = this.tables;
    const key = -1 - queueType - frozen * 4096;
    let future = this.known.get(key);
    if (future === undefined) {
      const works = this.effects.effects.worksOf[queueType] ?? [];
      future = this.walk(
        works.map((work) => entryOfWork(program, work)),
        frozen,
      );
      unite(future, at(this.effects.take, queueType));
      this.known.set(key, future);
    }
    return future;
  }

  private walk(from: readonly number[], frozen: number): Bits {
    const { op, failing } = this.effects;
    const { code } = this.tables.program;
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
