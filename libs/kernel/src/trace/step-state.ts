/**
 * What there is between two steps of a run, in names: what each task does and waits for, who holds what, which objects live.
 * Plain data, derived from the state vector alone, but for `since` and `task`, which the steps before tell.
 */
import type { Way } from '../operation/lock-use.js';
import type { TraceStep, WaitingTask } from './trace.js';

/**
 * next: takes the step that follows. held back: `order` of the case, or time, keeps a task that could go on. interrupted: what
 * runs on its CPU does. parked: waiting for ever is no failure. armed: a timer that counts. failed: its step ended the run.
 */
export type TaskCondition =
  | 'next'
  | 'runnable'
  | 'held back'
  | 'interrupted'
  | 'blocked'
  | 'parked'
  | 'armed'
  | 'idle'
  | 'not started'
  | 'ended'
  | 'failed';

/** A slot of the state. */
export interface NamedValue {
  readonly name: string;
  readonly value: number;
  /** What the number means: `NULL`, an object, the tasks that hold it, an entry of a list. The number itself otherwise. */
  readonly text: string;
}

export interface TaskState {
  readonly task: number;
  readonly name: string;
  readonly condition: TaskCondition;
  readonly pc: number;
  /** The operation that it executes next, or waits at; absent where it runs nothing. */
  readonly text?: string;
  readonly function?: string;
  /** Call trace, innermost first: `function (file)`. */
  readonly calls: readonly string[];
  /** `file:line:column` of the operation, where lines are known. */
  readonly place?: string;
  /** The work item that a worker, timer or handler runs. */
  readonly runs?: string;
  readonly waits?: Pick<WaitingTask, 'resource' | 'wants' | 'holders' | 'parked'>;
  readonly locals: readonly NamedValue[];
}

export interface HeldLockState {
  readonly lock: string;
  readonly lockClass: string;
  readonly task: number;
  readonly way: Way;
  /** The step that took it; absent where it was held at the start. */
  readonly since?: number;
}

export interface ObjectState {
  readonly object: string;
  readonly type: string;
  readonly state: 'live' | 'freed';
  /** The function that allocated it, or freed it. */
  readonly by: string;
  /** The step and the task that did; absent where it was so at the start. */
  readonly since?: number;
  readonly task?: number;
  readonly fields: readonly NamedValue[];
}

/** What a step wrote, other than who holds a lock, which its lock events tell. */
export interface NamedChange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface StepState {
  /** Steps executed so far; 0 before the first. */
  readonly n: number;
  /** The step that led here, with all that it changed; absent at 0. */
  readonly step?: TraceStep;
  readonly changes: readonly NamedChange[];
  /** The task that takes the next step; absent at the end. */
  readonly next?: number;
  readonly tasks: readonly TaskState[];
  readonly locks: readonly HeldLockState[];
  /** References and other counts: of objects, of statics, of modules. */
  readonly counts: readonly NamedValue[];
  /** All that was ever allocated and whose memory was not handed out again. */
  readonly objects: readonly ObjectState[];
  /** Static variables, tables and modules. */
  readonly globals: readonly NamedValue[];
}
