/**
 * Where a task can become part of a deadlock, read off the code: per operation the locks a task may hold there, per
 * waiting operation what it waits for, hence a graph of locks from held to wanted. A deadlock is a cycle of it. A task
 * that waits at an operation outside every cycle is in no deadlock, whatever the others do.
 * Guarantee: held locks are never too few. They may be too many (a lock of a type with several objects is never seen
 * released), which costs reduction only.
 */
import { at, cell, type Program, type Tables } from '@lastref/kernel';
import { arrivals, entryOfWork, fused } from './code-walk.js';
import { lockClassOf } from './lock-of.js';

/** Ways to hold a lock that others wait for, each a node: as owner or user, as reader, as a writer that waits. */
const CLASSES = 32n;
const owned = (cls: number): bigint => 1n << BigInt(cls);
const read = (cls: number): bigint => owned(cls) << CLASSES;
const awaited = (cls: number): bigint => read(cls) << CLASSES;
const NODES = 96;

export class WaitCycles {
  /** Per operation: its step may arrive where the task can be part of a deadlock. */
  readonly unsafe: readonly boolean[];
  /** Per type of queue: the same for a worker that takes an item. */
  readonly unsafeTake: readonly boolean[];
  private readonly program: Program;
  private readonly held: bigint[];

  constructor(private readonly tables: Tables) {
    const { program } = tables;
    this.program = program;
    this.held = new Array<bigint>(program.code.length).fill(0n);
    program.bodies.forEach((body, b) => {
      this.flow(body.entry, this.heldByWorkers(b));
    });
    const reach = this.reachability();
    const risky = program.code.map((_, pc) => this.isRisky(pc, reach));
    const arrives = (pcs: readonly number[]): boolean => pcs.some((pc) => risky[pc] === true);
    this.unsafe = program.code.map((_, pc) => arrives(arrivals(program, pc)));
    this.unsafeTake = program.types.map((_, type) =>
      this.worksOn(type).some((work) =>
        arrives(fused(program, entryOfWork(program, work)).arrives),
      ),
    );
  }

  private worksOn(type: number): readonly number[] {
    return this.program.types[type]?.kind === 'workqueue'
      ? this.program.works.map((_, work) => work)
      : [];
  }

  /** A worker holds its queue while it runs an item; any body may be a work function of any queue here. */
  private heldByWorkers(body: number): bigint {
    if (!this.program.works.some((work) => work.body === body)) return 0n;
    return this.program.types.reduce(
      (held, type, t) =>
        type.kind === 'workqueue' ? held | owned(cell(this.tables.classOfQueueType, t)) : held,
      0n,
    );
  }

  private flow(entry: number, held: bigint): void {
    const { code } = this.program;
    const stack: [pc: number, held: bigint][] = [[entry, held]];
    const seen = new Set<number>();
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const [pc, more] = top;
      const known = at(this.held, pc);
      if (pc === 0 || (seen.has(pc) && (known | more) === known)) continue;
      seen.add(pc);
      this.held[pc] = known | more;
      const { next, alt } = at(code, pc);
      stack.push([next, this.after(pc, true)]);
      if (alt !== undefined) stack.push([alt, this.after(pc, false)]);
    }
  }

  /** Locks that may be held behind the operation. @param taken it was left by `next` */
  private after(pc: number, taken: boolean): bigint {
    const held = at(this.held, pc);
    const cls = lockClassOf(this.tables, pc);
    if (cls < 0) return held;
    const type = this.tables.lockClasses[cls]?.type ?? -1;
    const single = type < 0 || this.program.types[type]?.count === 1;
    const without = (node: bigint): bigint => (single ? held & ~node : held);
    switch (at(this.program.code, pc).op) {
      case 'mutex_lock':
      case 'spin_lock':
        return held | owned(cls);
      case 'mutex_trylock':
      case 'kernfs_get_active':
        return taken ? held | owned(cls) : held;
      case 'mutex_unlock':
      case 'spin_unlock':
      case 'up_write':
      case 'kernfs_put_active':
        return without(owned(cls));
      case 'down_read':
        return held | read(cls);
      case 'up_read':
        return without(read(cls));
      case 'down_write':
        return held | awaited(cls);
      case 'down_write_wait':
        return without(awaited(cls)) | owned(cls);
      default:
        return held;
    }
  }

  private wanted(pc: number): bigint {
    const cls = lockClassOf(this.tables, pc);
    if (cls < 0) return 0n;
    switch (at(this.program.code, pc).op) {
      case 'mutex_lock':
      case 'spin_lock':
      case 'kernfs_drain':
      case 'flush_workqueue_wait':
      case 'destroy_workqueue_wait':
        return owned(cls);
      case 'down_read':
        return owned(cls) | awaited(cls);
      case 'down_write_wait':
        return owned(cls) | read(cls);
      default:
        return 0n;
    }
  }

  /** Per node: the nodes that a chain of waits leads to from it, itself among them. */
  private reachability(): bigint[] {
    const reach = Array.from({ length: NODES }, (_, node) => 1n << BigInt(node));
    this.program.code.forEach((_, pc) => {
      const wanted = this.wanted(pc);
      if (wanted === 0n) return;
      reach.forEach((from, node) => {
        if ((at(this.held, pc) & (1n << BigInt(node))) !== 0n) reach[node] = from | wanted;
      });
    });
    for (let via = 0; via < NODES; via++)
      reach.forEach((from, node) => {
        if ((from & (1n << BigInt(via))) !== 0n) reach[node] = from | at(reach, via);
      });
    return reach;
  }

  /** Whether a chain of waits leads from what the operation wants to what the task may hold there. */
  private isRisky(pc: number, reach: readonly bigint[]): boolean {
    const wanted = this.wanted(pc);
    return reach.some(
      (to, node) => (wanted & (1n << BigInt(node))) !== 0n && (to & at(this.held, pc)) !== 0n,
    );
  }
}
