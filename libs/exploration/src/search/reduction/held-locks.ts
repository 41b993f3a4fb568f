/**
 * Per operation: at most how many locks of each class, in each way of holding one, a task can hold that stands there. An
 * upper bound by counting along the code: taking adds one, giving back takes one away, because giving back what one does
 * not hold is a failure. Which object the lock is in does not matter. What takes and gives what is said by each operation.
 */
import { at, cell, Row, specOf, WAYS, type Tables, type Way } from '@lastref/kernel';

/** Most classes there are (LIMITS.lockClasses). */
const CLASSES = 32;
export const NODES = WAYS.length * CLASSES;

/** A class held in a way. */
export const nodeOf = (way: Way, cls: number): number => WAYS.indexOf(way) * CLASSES + cls;

/** So many, or more: never counted down. */
const MANY = 3;

/** Class of the lock that an operation is about, -1 for none. */
export const lockClassAt = ({ code }: Tables, pc: number): number =>
  cell(code, (pc << Row.shift) + Row.lock);

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

  /** A worker holds its queue and the item while it runs it: any queue, to be simple. */
  private atEntry(body: number): Uint8Array {
    const { program, classOfQueueType, classOfWork } = this.tables;
    const bounds = new Uint8Array(NODES);
    program.works.forEach((work, w) => {
      if (work.body === body) bounds[nodeOf('exclusive', cell(classOfWork, w))] = MANY;
    });
    if (program.works.some((work) => work.body === body))
      program.types.forEach(({ kind }, type) => {
        if (kind === 'workqueue') bounds[nodeOf('exclusive', cell(classOfQueueType, type))] = MANY;
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

  /** @param succeeded the operation was left by `next` */
  private after(pc: number, succeeded: boolean): Uint8Array {
    const held = at(this.bounds, pc).slice();
    const { lock } = specOf(at(this.tables.program.code, pc).op);
    const cls = lockClassAt(this.tables, pc);
    if (lock === 'none' || cls < 0) return held;
    if (lock.gives !== 'nothing') {
      const node = nodeOf(lock.gives, cls);
      const count = held[node] ?? 0;
      if (count < MANY) held[node] = Math.max(0, count - 1);
    }
    if (lock.takes !== 'nothing' && succeeded) {
      const node = nodeOf(lock.takes, cls);
      held[node] = Math.min(MANY, (held[node] ?? 0) + 1);
    }
    return held;
  }
}
