/**
 * Where a task can become part of a deadlock, read off the code: per waiting operation what it waits for and what a task
 * may hold there, hence a graph of locks from held to wanted. A deadlock is a cycle of it. A task that waits at an
 * operation outside every cycle is in no deadlock, whatever the others do.
 */
import { at, specOf, type Program, type Tables } from '@lastref/kernel';
import { arrivals, entryOfWork, fused } from './code-walk.js';
import { sourcesOf } from './sources.js';
import { HeldLocks, lockClassAt, nodeOf, NODES } from './held-locks.js';

export class WaitCycles {
  /** Per operation: its step may arrive where the task can be part of a deadlock. */
  readonly unsafe: readonly boolean[];
  /** Per source: the same for a worker that takes an item, or a timer that fires. */
  readonly unsafeTake: readonly boolean[];
  private readonly program: Program;
  private readonly held: HeldLocks;
  /** Per node: the nodes that a chain of waits leads to from it, itself among them. */
  private readonly reach: readonly Set<number>[];

  constructor(private readonly tables: Tables) {
    const { program } = tables;
    this.program = program;
    this.held = new HeldLocks(tables);
    this.reach = this.reachability();
    const risky = program.code.map((_, pc) => this.isRisky(pc));
    const arrives = (pcs: readonly number[]): boolean => pcs.some((pc) => risky[pc] === true);
    this.unsafe = program.code.map((_, pc) => arrives(arrivals(program, pc)));
    const unsafeWork = program.works.some((_, work) =>
      arrives(fused(program, entryOfWork(program, work)).arrives),
    );
    this.unsafeTake = sourcesOf(program).map((source) =>
      source.of === 'queue'
        ? program.types[source.type]?.kind === 'workqueue' && unsafeWork
        : unsafeWork,
    );
  }

  /** What the task waits for that stands at the operation: any way of holding it that keeps the task waiting. */
  private wanted(pc: number): readonly number[] {
    const cls = lockClassAt(this.tables, pc);
    const { wait, lock } = specOf(at(this.program.code, pc).op);
    if (cls < 0 || wait === 'never' || wait.signal !== undefined || lock === 'none') return [];
    return lock.blockedBy.map((way) => nodeOf(way, cls));
  }

  private reachability(): Set<number>[] {
    const reach = Array.from({ length: NODES }, (_, node) => new Set([node]));
    this.program.code.forEach((_, pc) => {
      for (const wanted of this.wanted(pc))
        reach.forEach((from, node) => {
          if (this.held.has(pc, node)) from.add(wanted);
        });
    });
    for (let grows = true; grows;) {
      grows = false;
      for (const from of reach) {
        const before = from.size;
        for (const via of [...from]) for (const to of at(reach, via)) from.add(to);
        grows ||= from.size > before;
      }
    }
    return reach;
  }

  /** Whether a chain of waits leads from what the operation waits for to what the task may hold there. */
  private isRisky(pc: number): boolean {
    return this.wanted(pc).some((wanted) =>
      [...at(this.reach, wanted)].some((node) => this.held.has(pc, node)),
    );
  }
}
