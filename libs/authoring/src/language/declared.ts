/**
 * What a scenario, a variant and a case declare, less the code of their tasks: as much of them as the builder asks for.
 * The code is written with the builder, and so stands above it, in scenario.ts.
 */
import type { ReusePolicy } from '@lastref/kernel';
import type { Fn } from './callee.js';
import type { KernelModule } from './globals.js';
import type { AnyStruct } from './struct.js';

/** [struct, work field, function of one argument: the struct that embeds the item]. */
export type WorkBinding = readonly [AnyStruct, string, Fn<readonly [never], void>];

export interface DeclaredScenario {
  readonly name: string;
  readonly title: string;
  /** Every switch that a variant may turn on and f.is() may ask for, with what it does. */
  readonly switches: Readonly<Record<string, string>>;
  readonly modules?: readonly KernelModule[];
  /** Work items and the functions they run, as by INIT_WORK. */
  readonly works?: readonly WorkBinding[];
}

export interface DeclaredVariant {
  readonly title: string;
  /** Switches that are on: what sets this variant apart. */
  readonly switches: readonly string[];
}

export interface DeclaredTask {
  readonly name: string;
  /** Starts with this probability over 65536 under `rw`, as an event. */
  readonly optional?: number;
  /** Starts when the milestone is reached. */
  readonly after?: string;
}

export interface DeclaredCase {
  readonly title: string;
  readonly tasks: readonly DeclaredTask[];
  /** Pairs [a, b]: b does not happen before a. */
  readonly order?: readonly (readonly [string, string])[];
  /** Milestones that some run must reach. */
  readonly reaches?: readonly string[];
  readonly faults?: { readonly budget?: number; readonly points: Readonly<Record<string, number>> };
  /** Workqueues whose workers never get to run. */
  readonly parked?: readonly AnyStruct[];
  /** Pool sizes other than the structs' own. */
  readonly objects?: readonly (readonly [AnyStruct, number])[];
  /** Values that functions read by f.param(). */
  readonly params?: Readonly<Record<string, number>>;
  /**
   * Signals that may be sent to tasks, by their names. Each is sent by a task of its own that starts by chance, as an event; a
   * task looks at it where it waits interruptibly or asks for it.
   */
  readonly signals?: Readonly<Record<string, 'interrupt' | 'kill'>>;
  /** What becomes of freed memory; kept apart unless said otherwise. */
  readonly reuse?: ReusePolicy;
  readonly maxSteps?: number;
}
