/**
 * What an operation may use of the machine it runs on. Machine implements it; primitives know only this, so that they
 * stand below the machine and no file goes in a circle.
 */
import type { Kind } from '../program/kinds.js';
import type { Tables } from '../tables/tables.js';
import type { Vector } from '../state/vector.js';

/** Where detectors speak: each ends the run with a failure. */
export interface Detector {
  /** A failure of this kind at the running operation, with up to two details. */
  raise(kind: Kind, pc: number, detail?: number, second?: number): void;
  /** @param row the operand whose pointer is NULL */
  nullDereference(pc: number, row: number): void;
  /** @param life of the dead object, which says who freed it */
  object(
    kind: 'use-after-free' | 'double-free' | 'held-lock-freed',
    pc: number,
    object: number,
    life: number,
  ): void;
  /** An access by a function that runs no operation yet. */
  objectIn(fn: number, object: number, life: number): void;
  moduleText(pc: number, module: number): void;
  moduleTextOf(fn: number, module: number): void;
  /** Locks that are held where none may be. @param classes as a mask */
  heldLocks(fn: number, classes: number): void;
}

/** What stands beside a run's verdict and never influences it. */
export interface Notes {
  /** Bit mask of the lock classes that a task holds: its locks, and a worker's queue and item. */
  heldBy(kernel: Kernel, task: number): number;
  /** Something that the kernel warns of and goes on: a report `warning@function(what)`. */
  warn(pc: number, what: string): void;
  /** A pointer is read without what has to protect it, which the operation's last place names: `suspicious-rcu@function(name)`. */
  suspicious(pc: number): void;
  /** The same where no operation runs but a function of the kernel's own. */
  warnIn(fn: number, what: string): void;
}

export interface Kernel {
  readonly tables: Tables;
  readonly state: Vector;
  readonly code: Int32Array;
  readonly taskCount: number;
  readonly pcSlot: Int32Array;
  readonly localBase: Int32Array;
  readonly failure: Detector;
  readonly edges: Notes;
  /** The running operation's program counter. */
  readonly pc: number;
  /** Writes a slot. */
  set(slot: number, value: number): void;
  /** Writes a slot after checking its declared range: `bound exceeded` past it. */
  count(slot: number, value: number): void;
  /** Slot of a field, or FAILED after the detector of NULL and dead pointers spoke. @param row operand offset */
  place(task: number, row: number): number;
  /** Whether an object may be accessed; fails the run if it is NULL or dead. */
  alive(object: number, row: number): boolean;
  /** Whether the pointer operand at `row` is one that the waiting operation would fault on. */
  dangling(task: number, row: number): boolean;
  /** A value operand: [0, constant] or [1, local]. */
  value(task: number, row: number): number;
  /** A pointer operand: a local. */
  pointer(task: number, row: number): number;
  /** Slot of the local that a dst operand names. */
  local(task: number, row: number): number;
  /** An object died whose slot is to be recycled when the last pointer to it goes. */
  bury(object: number): void;
  /** Notes by which exit a local operation was left. */
  cover(pc: number, next: number, fault: boolean): void;
  /** Runs the local operations from `pc` on. @returns the next step, or 0 at the end */
  runLocals(task: number, pc: number): number;
}
