/**
 * What stands beside the verdict of one run. Lock-order edges, as lockdep sees them: an edge from every class held to the
 * class acquired, recorded when a blocking acquire has taken its lock, and at the end of a run for the tasks still blocked
 * at one. And what the kernel warns of and goes on, suspicious use of RCU among it. They sit beside the state, never in it. Up to 62 distinct edges and
 * warnings of a program get one bit each, in order of discovery.
 */
import { at } from '../assert.js';
import { LIMITS, LimitError } from '../limits.js';
import { fnName, lastPlaceName, leastRotation } from './signature.js';
import type { Tables } from '../tables/tables.js';
import type { Kernel, Notes } from '../operation/kernel.js';

const { clz32 } = Math;

const NONE: readonly string[] = [];

export class LockEdges implements Notes {
  /** Bits of the edges made since clear(): two words of 31. */
  low = 0;
  high = 0;
  /** Bits of the classes acquired while already held. */
  recursive = 0;
  /** By number: an edge as held * 32 + acquired, a warning as -1 - its place in `warned`. */
  readonly known: number[] = [];
  private readonly numberOf = new Map<number, number>();
  private readonly warned: string[] = [];
  private readonly reportsOf = new Map<string, readonly string[]>();
  /** The bits asked for last, and their reports: runs of one program mostly make the same edges. */
  private readonly asked = new Int32Array(3);
  private answer: readonly string[] = NONE;

  constructor(private readonly tables: Tables) {}

  clear(): void {
    this.low = 0;
    this.high = 0;
    this.recursive = 0;
  }

  /**
   * A lock of this class is acquired, or waited for. One that is held already makes no edge.
   * @param held classes held before, as a mask
   */
  acquire(held: number, acquired: number): void {
    if ((held & (1 << acquired)) !== 0) this.recursive |= 1 << acquired;
    else
      for (let rest = held; rest !== 0; rest &= rest - 1)
        this.add(((31 - clz32(rest & -rest)) << 5) | acquired);
  }

  warn(pc: number, what: string): void {
    this.warnIn(this.tables.fn[pc] as number, what);
  }

  warnIn(fn: number, what: string): void {
    this.report(`warning@${fnName(this.tables, fn)}(${what})`);
  }

  suspicious(pc: number): void {
    const fn = fnName(this.tables, this.tables.fn[pc] as number);
    this.report(`suspicious-rcu@${fn}(${lastPlaceName(this.tables, pc)})`);
  }

  /** Something that a step made known beside the state. */
  report(signature: string): void {
    const known = this.warned.indexOf(signature);
    this.add(-1 - (known < 0 ? this.warned.push(signature) - 1 : known));
  }

  /** Bit mask of the classes a task holds: its locks, and a worker's or timer's item, and a worker's queue. */
  heldBy(machine: Kernel, task: number): number {
    const { ownerSlots, ownerClass, holderSlots, holderClass, itemSlotOf } = this.tables;
    const { state } = machine;
    let held = 0;
    for (let i = 0; i < ownerSlots.length; i++)
      if ((state[ownerSlots[i] as number] as number) === task + 1)
        held |= 1 << (ownerClass[i] as number);
    for (let i = 0; i < holderSlots.length; i++)
      if (((state[holderSlots[i] as number] as number) & (1 << task)) !== 0)
        held |= 1 << (holderClass[i] as number);
    const itemSlot = itemSlotOf[task] as number;
    if (itemSlot < 0 || (state[itemSlot] as number) === 0) return held;
    return held | this.heldByItem(task, state[itemSlot] as number);
  }

  /** The pseudo-classes of who runs an item: the item's, and a worker's queue's. */
  private heldByItem(task: number, number: number): number {
    const { layout, classOfQueueType, classOfWork } = this.tables;
    const [actor, item] = [at(layout.tasks, task), at(layout.items, number)];
    if (item === null) return 0;
    const own = 1 << (classOfWork[item.work] as number);
    return actor.kind === 'worker'
      ? own | (1 << (classOfQueueType[actor.queueType] as number))
      : own;
  }

  /** Signatures of the reports that the edges recorded so far amount to, sorted. */
  reports(): readonly string[] {
    if (this.low === 0 && this.high === 0 && this.recursive === 0) return NONE;
    const { asked } = this;
    if (asked[0] === this.low && asked[1] === this.high && asked[2] === this.recursive)
      return this.answer;
    asked[0] = this.low;
    asked[1] = this.high;
    asked[2] = this.recursive;
    const key = `${this.low} ${this.high} ${this.recursive}`;
    let found = this.reportsOf.get(key);
    if (found === undefined) {
      const cycles = simpleCycles(this.pairs()).map((cycle) => this.lockOrder(cycle));
      found = [...new Set([...cycles, ...this.recursiveLocks(), ...this.warnings()])].sort();
      this.reportsOf.set(key, found);
    }
    this.answer = found;
    return found;
  }

  /** The recorded edges as pairs [held, acquired] of class numbers. */
  pairs(): [number, number][] {
    return this.recorded().flatMap((known): [number, number][] =>
      known < 0 ? [] : [[known >> 5, known & 31]],
    );
  }

  /** Signatures of the recorded warnings. */
  warnings(): string[] {
    return this.recorded().flatMap((known) => (known < 0 ? (this.warned[-1 - known] ?? []) : []));
  }

  private recorded(): number[] {
    return this.known.filter(
      (_, i) => (i < 31 ? this.low & (1 << i) : this.high & (1 << (i - 31))) !== 0,
    );
  }

  lockOrder(cycle: readonly number[]): string {
    return `lock-order@${leastRotation(cycle.map((cls) => this.className(cls))).join('+')}`;
  }

  recursiveLocks(): string[] {
    return this.tables.lockClasses
      .filter((_, cls) => (this.recursive & (1 << cls)) !== 0)
      .map((cls) => `recursive-lock@${cls.name}`);
  }

  private className(cls: number): string {
    return this.tables.lockClasses[cls]?.name ?? '?';
  }

  private add(known: number): void {
    let number = this.numberOf.get(known);
    if (number === undefined) {
      number = this.known.push(known) - 1;
      if (number >= LIMITS.lockEdges)
        throw new LimitError(
          `more than ${LIMITS.lockEdges} lock-order edges and warnings; split the program`,
        );
      this.numberOf.set(known, number);
    }
    if (number < 31) this.low |= 1 << number;
    else this.high |= 1 << (number - 31);
  }
}

/** All simple cycles of a small graph, each once, starting at its least class. */
export function simpleCycles(pairs: readonly (readonly [number, number])[]): number[][] {
  const cycles: number[][] = [];
  const walk = (path: number[], start: number): void => {
    const end = path[path.length - 1];
    for (const [from, to] of pairs) {
      if (from !== end) continue;
      if (to === start) {
        cycles.push([...path]);
        if (cycles.length > LIMITS.waitCycles)
          throw new LimitError(
            `more than ${LIMITS.waitCycles} lock-order cycles; split the program`,
          );
      } else if (to > start && !path.includes(to)) walk([...path, to], start);
    }
  };
  for (const start of new Set(pairs.map(([from]) => from))) walk([start], start);
  return cycles;
}
