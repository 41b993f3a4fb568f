/** The control-flow graph that building a body produces: operations with symbolic operands and open exits. */
import type { OpName } from '@lastref/kernel';
import type { LocalVar } from '../language/values.js';
import type { Site } from './site.js';

/** A local stands for its slot; a function for a number that is known only when the program is complete. */
export type Arg = number | LocalVar | (() => number);

/** A label: what the next step of its own path is called, or that this step is the first after a return to user mode. */
export interface Mark {
  readonly name: string;
  /** Number of the milestone, if the case names it. */
  readonly milestone?: number | undefined;
  readonly yields: boolean;
  readonly frame: number;
  readonly site: Site;
}

export interface Node {
  readonly op: OpName | 'nop';
  readonly args: readonly Arg[];
  readonly frame: number;
  readonly site: Site;
  /** Locals kept alive without being read: what a task that stays in user mode holds. */
  readonly keeps: readonly LocalVar[];
  next: Node | null;
  alt: Node | null;
  /** nop only: a label that stands here. */
  readonly mark?: Mark;
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
export class Cond {
  constructor(
    readonly holds: readonly Exit[],
    readonly fails: readonly Exit[],
    /** The condition must be used before anything else is emitted. */
    readonly serial: number,
  ) {}

  get inverted(): Cond {
    return new Cond(this.fails, this.holds, this.serial);
  }
}
