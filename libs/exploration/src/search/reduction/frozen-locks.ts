/**
 * Lock classes that stay held while some tasks do not move: every lock of the class that can be reached at all is
 * held, in one way, by one of them. A lock inside a held object stays, because freeing it is a failure.
 */
import { cell, type LockUse, type Machine, type Tables } from '@lastref/kernel';

/** Bits of the classes held for good, by the way they are held. */
export interface Frozen {
  readonly exclusive: number;
  readonly shared: number;
}

/** Whether an operation about a lock of the class cannot get past it. */
export const isStuck = (
  { blockedBy }: LockUse,
  cls: number,
  { exclusive, shared }: Frozen,
): boolean =>
  cls >= 0 &&
  ((blockedBy.includes('exclusive') && (exclusive & (1 << cls)) !== 0) ||
    (blockedBy.includes('shared') && (shared & (1 << cls)) !== 0));

export class FrozenLocks {
  /** Per type: bits of the classes of its locks. */
  private readonly classesOfType: Int32Array;

  constructor(private readonly tables: Tables) {
    const { program, lockClasses } = tables;
    this.classesOfType = new Int32Array(program.types.length);
    lockClasses.forEach(({ type = -1 }, cls) => {
      if (type >= 0) this.classesOfType[type] = cell(this.classesOfType, type) | (1 << cls);
    });
  }

  /** Classes of which every lock is held by one of the tasks that do not move. */
  heldBy({ state }: Machine, still: number): Frozen {
    const { tables } = this;
    const frozen = { exclusive: 0, shared: 0 };
    const free = { exclusive: 0, shared: 0 };
    for (const { slot, cls, way, tasks } of tables.lockSlots) {
      const object = tables.layout.slots[slot]?.owner ?? 0;
      if (object !== 0) {
        const life = cell(state, cell(tables.life, object));
        if (life === 0 || life > cell(tables.liveMax, object)) continue;
      }
      const value = cell(state, slot);
      const holders = tasks === 'mask' ? value : value === 0 ? 0 : 1 << (value - 1);
      const kept = (holders & still) !== 0 ? frozen : free;
      kept[way] |= 1 << cls;
    }
    return {
      exclusive: frozen.exclusive & ~free.exclusive,
      shared: frozen.shared & ~free.shared,
    };
  }

  /** Of the classes, those that stay so. @param allocates whether an object of the type, with free locks, may appear */
  thawed({ exclusive, shared }: Frozen, allocates: (type: number) => boolean): Frozen {
    let kept = exclusive | shared;
    for (let type = 0; kept !== 0 && type < this.classesOfType.length; type++)
      if ((cell(this.classesOfType, type) & kept) !== 0 && allocates(type))
        kept &= ~cell(this.classesOfType, type);
    return { exclusive: exclusive & kept, shared: shared & kept };
  }
}
