/**
 * Per operation: at most how many locks of each class, in each way of holding one, a task can hold that stands there. An
 * upper bound by counting along the code: taking adds one, giving back takes one away, because giving back what one does
 * not hold is a failure. Which object the lock is in does not matter.
 */
import { at, cell, type Tables } from '@lastref/kernel';
import { lockClassOf } from './lock-of.js';

/** Most classes there are (LIMITS.lockClasses), and ways to hold one. */
const CLASSES = 32;
export const NODES = 3 * CLASSES;

/** As owner or user. */
export const owned = (cls: number): number => cls;
/** As a reader. */
export const read = (cls: number): number => CLASSES + cls;
/** As a writer that waits, and so keeps readers out. */
export const awaited = (cls: number): number => 2 * CLASSES + cls;

/** So many, or more: never counted down. */
const MANY = 3;

export class HeldLocks {
  /** Per operation and node. */
  private readonly bounds: readonly Uint8Array[];

  constructor(private readonly tables: Tables) {
    const { program } = tables;
    this.bounds = program.code.map(() => new Uint8Array(NODES));
    program.bodies.forEach((body, b) => {
      this.flow(body.entry, this.atEntry(b));
    });
  }

  has(pc: number, node: number): boolean {
    return at(this.bounds, pc)[node] !== 0;
  }

  /** A worker holds its queue while it runs an item: any queue, to be simple. */
  private atEntry(body: number): Uint8Array {
    const { program, classOfQueueType } = this.tables;
    const bounds = new Uint8Array(NODES);
    if (program.works.some((work) => work.body === body))
      program.types.forEach(({ kind }, type) => {
        if (kind === 'workqueue') bounds[owned(cell(classOfQueueType, type))] = MANY;
      });
    return bounds;
  }

  private flow(entry: number, held: Uint8Array): void {
    const stack: [pc: number, held: Uint8Array][] = [[entry, held]];
    const seen = new Set<number>();
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const [pc, more] = top;
      if (pc === 0 || (!this.join(pc, more) && seen.has(pc))) continue;
      seen.add(pc);
      const { next, alt } = at(this.tables.program.code, pc);
      stack.push([next, this.after(pc, true)]);
      if (alt !== undefined) stack.push([alt, this.after(pc, false)]);
    }
  }

  private join(pc: number, more: Uint8Array): boolean {
    const bounds = at(this.bounds, pc);
    let grew = false;
    more.forEach((count, node) => {
      if (count <= (bounds[node] ?? 0)) return;
      bounds[node] = count;
      grew = true;
    });
    return grew;
  }

  /** @param taken the operation was left by `next` */
  private after(pc: number, taken: boolean): Uint8Array {
    const held = at(this.bounds, pc).slice();
    const cls = lockClassOf(this.tables, pc);
    if (cls < 0) return held;
    const add = (node: number): void => {
      held[node] = Math.min(MANY, (held[node] ?? 0) + 1);
    };
    const remove = (node: number): void => {
      const count = held[node] ?? 0;
      if (count < MANY) held[node] = Math.max(0, count - 1);
    };
    switch (at(this.tables.program.code, pc).op) {
      case 'mutex_lock':
      case 'spin_lock':
        add(owned(cls));
        break;
      case 'mutex_trylock':
      case 'kernfs_get_active':
        if (taken) add(owned(cls));
        break;
      case 'mutex_unlock':
      case 'spin_unlock':
      case 'up_write':
      case 'kernfs_put_active':
        remove(owned(cls));
        break;
      case 'down_read':
        add(read(cls));
        break;
      case 'up_read':
        remove(read(cls));
        break;
      case 'down_write':
        add(awaited(cls));
        break;
      case 'down_write_wait':
        if (this.isSingle(cls)) held[awaited(cls)] = 0;
        add(owned(cls));
        break;
      default:
        break;
    }
    return held;
  }

  /** Whether there is one lock of the class. */
  private isSingle(cls: number): boolean {
    const type = this.tables.lockClasses[cls]?.type ?? -1;
    return type < 0 || this.tables.program.types[type]?.count === 1;
  }
}
