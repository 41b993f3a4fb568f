/**
 * What an operation is in C, said once per operation in the files of operations/. An operation may have none: it stays legal,
 * and a program that uses it is refused with its name. What operations do is written anew from the primitives' definitions,
 * not shared with the engine, so that agreeing with it means something.
 */
import type { OpName } from '@lastref/kernel';
import type { Site } from './site.js';

export interface COperation {
  /**
   * Statements of a step or a local operation, ending in a jump. `fail(X)` ends the run; QUEUE, LEAVE, HOLD, WAKE and their like
   * keep who can run, and mean nothing where states are counted.
   */
  readonly run: (site: Site) => string;
  /** When it blocks and for whom; without it the operation never blocks. */
  readonly wait?: (site: Site) => CWait;
  /** Takes a spinlock, or gives it back. */
  readonly spin?: 1 | -1;
  /** A task that stands here for ever does not hang. */
  readonly rests?: true;
  /** Goes on without what it waits for once nothing else can run. */
  readonly timesOut?: true;
}

/** By name, as programs name them; a family's own table names only operations that there are. */
export type COperations = Readonly<Partial<Record<string, COperation>>>;
export type CFamily = Readonly<Partial<Record<OpName, COperation>>>;

export interface CWait {
  /** Declares what the other texts use. */
  readonly find: string;
  /** Runs, and fails, at once. */
  readonly dangling: string | null;
  /**
   * Slot under which the blocked task is noted in Q, so that whoever changes what it waits for finds it without asking anyone;
   * null for one that is looked up otherwise.
   */
  readonly slot: string | null;
  /** Whether it can run. */
  readonly passes: string;
  /** Bits of the tasks known to hold it up; null if nobody is. */
  readonly holders: string | null;
}

/** Bit of the task that owns a lock. */
export const ownerOf = (cell: string): string => `1u << ${cell} >> 1`;
