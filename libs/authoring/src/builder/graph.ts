/** The control-flow graph that building a body produces: operations with symbolic operands and open exits. */
import type { OpName } from '@lastref/kernel';
import type { LocalVar } from '../language/values.js';

/** A local stands for its slot; a function for a number that is known only when the program is complete. */
export type Arg = number | LocalVar | (() => number);

export interface Node {
  readonly op: OpName | 'nop';
  readonly args: readonly Arg[];
  readonly frame: number;
  /** Locals kept alive without being read: what a task that stays in user mode holds. */
  readonly keeps: readonly LocalVar[];
  next: Node | null;
  alt: Node | null;
  milestone?: number;
  fault?: number;
  yields?: true;
  head?: true;
}

/** An exit of a node that does not lead anywhere yet. */
export interface Exit {
  readonly node: Node;
  readonly which: 'next' | 'alt';
}

/** Where control is when a condition holds, and where when it does not. */
export interface Cond {
  readonly holds: readonly Exit[];
  readonly fails: readonly Exit[];
  /** The condition must be used before anything else is emitted. */
  readonly serial: number;
}

export const invert = (cond: Cond): Cond => ({ ...cond, holds: cond.fails, fails: cond.holds });
