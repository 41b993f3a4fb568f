/** A run told step by step: everything a report needs, as plain data. */
import type { Kind } from '../program/kinds.js';

/** Cost of a schedule (semantics section 5), compared in this order. */
export interface Cost {
  /** Faults taken, optional tasks started. */
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
  readonly switch: SwitchKind;
  readonly milestone?: string;
  readonly changes: readonly SlotChange[];
  readonly objects: readonly ObjectEvent[];
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
  /** Tasks known to hold it. */
  readonly holders: readonly number[];
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
  /** The dead object that the failure is about. */
  readonly culprit?: { readonly object: string; readonly type: string };
}
