/**
 * An operation: all that anybody has to say of one, in one object. Everything else that is known of operations is derived
 * from it (../derived): numbers, validation, dispatch, effects, footprints, what the partial-order reduction knows, lock
 * events, the calls of the authoring language and docs/primitives.md. What an answer could be forgotten for unsafely
 * has no default.
 */
import type { Kind } from '../program/kinds.js';
import type { Kernel } from './kernel.js';
import type { LockUse } from './lock-use.js';
import type { Operand } from './operand.js';

/** Executes the operation at `row`. @returns the next program counter, or Exit.failed after a detector spoke */
export type Step = (m: Kernel, task: number, row: number, fault: boolean) => number;

export interface Wait {
  /** Whether a task that stands here can go on. What it reads is among the operands, or the task's own. */
  readonly until: (m: Kernel, task: number, row: number) => boolean;
  /** Bit mask of the tasks known to hold what is waited for; unknown: nobody in particular has to bring it. */
  readonly holders: 'unknown' | ((m: Kernel, task: number, row: number) => number);
  /** holders: it cannot end before each of them has let go. anyone: some other step may end it as well. */
  readonly endsBy: 'holders' | 'anyone';
  /** Waiting for ever is no failure: parked in user mode, or waiting for the outside world. */
  readonly external?: true;
  /** May also be left by `alt` when nothing else can run. */
  readonly timeout?: true;
  /** Is also left by `alt` while such a signal is pending for the task. Waiting here for ever is no failure, alone or in a cycle. */
  readonly signal?: 'any' | 'fatal';
}

export interface Operation {
  /** The kernel function and file it stands for. */
  readonly kernel: string;
  /** One sentence. */
  readonly says: string;
  readonly operands: readonly Operand[];
  readonly step: Step;
  readonly wait: 'never' | Wait;
  readonly lock: 'none' | LockUse;
  /** May sleep: sleep-in-atomic while a spinning lock is held. */
  readonly sleeps: boolean;
  /** What it warns of where it sleeps in an interrupt, before that is a failure. */
  readonly warnsInInterrupt?: string;
  /** Failures that its own detectors raise, beside null-deref and use-after-free of its pointers. */
  readonly raises: readonly Kind[];
  /** Touches only the task itself: fused into the step before. */
  readonly local?: true;
  /** Has two exits: `next` when it succeeds, `alt` when not. */
  readonly branches?: true;
  /** May fail by an injected fault, then leaves by `next` with a NULL result. */
  readonly mayFail?: true;
  /** An access that nothing marks, as READ_ONCE or WRITE_ONCE would: it can be part of a data race. */
  readonly plain?: true;
  /** Sets its place to a largest value that means more than itself: the field has to say so. */
  readonly saturates?: true;
  /** Ends a work function. */
  readonly endsItem?: true;
  /** Waits for items counted down in its second operand's local as they end: all of a queue's, or runs of the one item. */
  readonly countsItems?: 'queue' | 'item';
  /** Keeps its item from being queued. */
  readonly disables?: true;
  /** Queues waiters whose order decides whom a wake-up reaches, so that queues keep it. */
  readonly ordersWaiters?: true;
  /** A step of a compound call, which the authoring language offers as a whole: shown under this name. */
  readonly partOf?: string;
  /** How it reads in a trace, from its operands' texts; `name(operands)`, or `result = name(operands)`, if absent. */
  readonly text?: (parts: readonly string[]) => string;
}

/** Keeps the definition's own type, from which the authoring calls get theirs. */
export const operation = <const D extends Operation>(
  definition: D,
): D & Omit<Operation, 'operands'> => definition;
