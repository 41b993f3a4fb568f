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
  { blockedBy, snapshot }: LockUse,
  cls: number,
  { exclusive, shared }: Frozen,
): boolean =>
  cls >= 0 &&
  snapshot !== true &&
  ((blockedBy.includes('exclusive') && (exclusive & (1 << cls)) !== 0) ||
    (blockedBy.includes('shared') && (shared & (1 << cls)) !== 0));

export class FrozenLocks {
  /** Per slot that says who holds a lock: its class as a bit, the object it is in, and how to read it. */
  private readonly slots: Int32Array;
  private readonly bits: Int32Array;
  private readonly objects: Int32Array;
  private readonly shared: Uint8Array;
  private readonly masks: Uint8Array;
  /** Per type: bits of the classes of its locks. */
  private readonly classesOfType: Int32Array;

  constructor(private readonly tables: Tables) {
    const { program, lockClasses, lockSlots, layout } = tables;
    this.slots = Int32Array.from(lockSlots, ({ slot }) => slot);
    this.bits = Int32Array.from(lockSlots, ({ cls }) => 1 << cls);
    this.objects = Int32Array.from(lockSlots, ({ slot }) => layout.slots[slot]?.owner ?? 0);
    this.shared = Uint8Array.from(lockSlots, ({ way }) => (way === 'shared' ? 1 : 0));
    this.masks = Uint8Array.from(lockSlots, ({ tasks }) => (tasks === 'mask' ? 1 : 0));
    this.classesOfType = new Int32Array(program.types.length);
    lockClasses.forEach(({ type = -1 }, cls) => {
      if (type >= 0) this.classesOfType[type] = cell(this.classesOfType, type) | (1 << cls);
    });
  }

  /** Classes of which every lock is held by one of the tasks that do not move. */
  heldBy({ state }: Machine, still: number): Frozen {
    const { tables, slots } = this;
    let [exclusive, shared, freeExclusive, freeShared] = [0, 0, 0, 0];
    for (let i = 0; i < slots.length; i++) {
      const object = cell(this.objects, i);
      if (object !== 0) {
        const life = cell(state, cell(tables.life, object));
        if (life === 0 || life > cell(tables.liveMax, object)) continue;
      }
      const value = cell(state, cell(slots, i));
      const holders = this.masks[i] === 1 ? value : value === 0 ? 0 : 1 << (value - 1);
      const isHeld = (holders & still) !== 0;
      const bit = cell(this.bits, i);
      if (this.shared[i] === 1) {
        if (isHeld) shared |= bit;
        else freeShared |= bit;
      } else if (isHeld) exclusive |= bit;
      else freeExclusive |= bit;
    }
    return { exclusive: exclusive & ~freeExclusive, shared: shared & ~freeShared };
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
