/**
 * Lock classes that nobody can take while some tasks do not move: every lock of the class that can be reached at all is
 * held by one of them. A lock inside a held object stays, because freeing it is a failure.
 */
import { cell, type Machine, type Tables } from '@lastref/kernel';

interface Holding {
  readonly slot: number;
  readonly cls: number;
  /** Object the lock is in, 0 for statics. */
  readonly object: number;
  /** The slot holds a mask of tasks, not an owner. */
  readonly mask: boolean;
}

export class FrozenLocks {
  private readonly holdings: readonly Holding[];
  /** Per type: bits of the classes of its locks. */
  private readonly classesOfType: Int32Array;

  constructor(private readonly tables: Tables) {
    const { layout, program, lockClasses } = tables;
    const isKernfs = (cls: number): boolean => {
      const { type = -1, field = -1 } = lockClasses[cls] ?? {};
      const decl = type < 0 ? program.statics[field] : program.types[type]?.fields[field];
      return decl?.kind === 'kernfs';
    };
    const ownerOf = (slot: number): number => layout.slots[slot]?.owner ?? 0;
    this.holdings = [
      ...Array.from(tables.ownerSlots, (slot, i) => {
        return { slot, cls: cell(tables.ownerClass, i), object: ownerOf(slot), mask: false };
      }),
      ...Array.from(tables.holderSlots, (slot, i) => {
        return { slot, cls: cell(tables.holderClass, i), object: ownerOf(slot), mask: true };
      }).filter(({ cls }) => isKernfs(cls)),
    ];
    this.classesOfType = new Int32Array(program.types.length);
    lockClasses.forEach(({ type = -1 }, cls) => {
      if (type >= 0) this.classesOfType[type] = cell(this.classesOfType, type) | (1 << cls);
    });
  }

  /** Classes of which every lock is held by one of the tasks that do not move, as a mask. */
  heldBy({ state }: Machine, still: number): number {
    const { tables } = this;
    let frozen = 0;
    let free = 0;
    for (const { slot, cls, object, mask } of this.holdings) {
      if (object !== 0) {
        const life = cell(state, cell(tables.life, object));
        if (life === 0 || life > cell(tables.liveMax, object)) continue;
      }
      const value = cell(state, slot);
      const holders = mask ? value : value === 0 ? 0 : 1 << (value - 1);
      if ((holders & still) !== 0) frozen |= 1 << cls;
      else free |= 1 << cls;
    }
    return frozen & ~free;
  }

  /** Of the classes, those that stay so. @param allocates whether an object of the type, with free locks, may appear */
  thawed(held: number, allocates: (type: number) => boolean): number {
    let frozen = held;
    for (let type = 0; frozen !== 0 && type < this.classesOfType.length; type++)
      if ((cell(this.classesOfType, type) & frozen) !== 0 && allocates(type))
        frozen &= ~cell(this.classesOfType, type);
    return frozen;
  }
}
