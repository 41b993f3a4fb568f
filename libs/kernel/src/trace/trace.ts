/** A run told step by step: everything a report needs, as plain data. */
import type { Kind } from '../program/kinds.js';

/** Cost of a schedule (semantics section 5), compared in this order. */
export interface Cost {
  /** Faults taken, optional tasks started, early timeouts. */
  readonly events: number;
  readonly preemptions: number;
  readonly switches: number;
  readonly steps: number;
}

/** How a step follows the one before: by the same task, after a free switch, or preempting a task that could go on. */
export type SwitchKind = 'none' | 'switch' | 'preemption';

export type Verdict =
  | { readonly outcome: 'clean' | 'outside' | 'cut' }
  | { readonly outcome: 'failed'; readonly signature: string; readonly kind: Kind }
  /** The schedule ended before the run did. */
  | { readonly outcome: 'unfinished' };

export interface SlotChange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface ObjectEvent {
  readonly object: string;
  readonly type: string;
  readonly event: 'allocated' | 'freed';
}

/** A lock that a step takes or lets go. */
export interface LockEvent {
  /** try: taken by an operation that does not wait, so that it orders nothing. */
  readonly event: 'acquire' | 'try' | 'release';
  /** As lock-order reports spell it; workqueues and work items are classes too. */
  readonly lockClass: string;
  /** Which one of the class. */
  readonly lock: string;
}

export interface TraceStep {
  /** From 1. */
  readonly n: number;
  readonly task: number;
  readonly pc: number;
  /** The operation as a line of kernel code. */
  readonly text: string;
  /** The function a signature would name. */
  readonly function: string;
  /** Call trace, innermost first: `function (file)`. */
  readonly calls: readonly string[];
  readonly fault: boolean;
  /** Its time was up before it had to be. */
  readonly early?: true;
  readonly switch: SwitchKind;
  readonly milestone?: string;
  readonly changes: readonly SlotChange[];
  readonly objects: readonly ObjectEvent[];
  readonly locks: readonly LockEvent[];
}

/** A task that the run leaves blocked. */
export interface WaitingTask {
  readonly task: number;
  readonly pc: number;
  readonly text: string;
  readonly function: string;
  readonly calls: readonly string[];
  /** Lock class or other thing waited for. */
  readonly resource: string;
  /** The class of the lock that the task is to take, if it waits for one. */
  readonly wants?: string;
  /** Tasks known to hold it. */
  readonly holders: readonly number[];
  /** Waiting here for ever is no failure: in user mode, idle, or for the outside. */
  readonly parked: boolean;
}

/** A task that goes round in a livelock for ever. */
export interface LoopingTask {
  readonly task: number;
  readonly function: string;
  /** Call trace at the head of the loop, innermost first; of a work item that queues itself, at its entry. */
  readonly calls: readonly string[];
  /** What it executes on its way round, a line of code each, in the order of the code. */
  readonly lines: readonly string[];
}

/** What a run cannot leave any more: who goes round, and who waits for ever meanwhile. */
export interface Loop {
  readonly tasks: readonly LoopingTask[];
  readonly waiting: readonly WaitingTask[];
}

export interface Culprit {
  readonly object: string;
  readonly type: string;
  /** Steps at which the task that fails got the pointers to the object that it still has. */
  readonly loads: readonly number[];
}

export interface Trace {
  /** Digest of the program. */
  readonly program: string;
  readonly address: string;
  readonly title: string;
  readonly strategy?: string;
  readonly seed?: number;
  readonly verdict: Verdict;
  readonly reports: readonly string[];
  /** All choices, replayable as they stand. */
  readonly schedule: string;
  /** SHA-256 over program, schedule, executed operations, verdict and reports. */
  readonly digest: string;
  readonly cost: Cost;
  /** Names of the threads, by task number. */
  readonly tasks: readonly string[];
  readonly started: readonly number[];
  readonly steps: readonly TraceStep[];
  readonly waiting: readonly WaitingTask[];
  /** The step that failed ran in an interrupt. */
  readonly inInterrupt?: true;
  /** The dead object that the failure is about. */
  readonly culprit?: Culprit;
  /** The livelock that the schedule leads into; not part of the digest, since the run does not end in it. */
  readonly loop?: Loop;
}
