/**
 * A scenario: variants of the code under test, told apart by switches, and the cases asked of each. Compiled one
 * address at a time to a Program; nothing of the scenario's source is needed to run that program later.
 */
import type { ReusePolicy } from '@lastref/kernel';
import type { FunctionBuilder } from '../builder/function-builder.js';
import type { Fn } from './fn.js';
import type { KernelModule } from './globals.js';
import type { AnyStruct } from './struct.js';

export type TaskBody = (f: FunctionBuilder) => void;

export interface TaskSpec {
  readonly name: string;
  /** Tasks that share one body function share their code, and are identical to the engine. */
  readonly body: TaskBody;
  /** Starts with this probability over 65536 under `rw`, as an event. */
  readonly optional?: number;
  /** Starts when the milestone is reached. */
  readonly after?: string;
}

export interface CaseSpec {
  readonly title: string;
  /** Runs before time 0, draws nothing and costs nothing. */
  readonly given?: TaskBody;
  readonly tasks: readonly TaskSpec[];
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
  /** What becomes of freed memory; kept apart unless said otherwise. */
  readonly reuse?: ReusePolicy;
  readonly maxSteps?: number;
}

/** [struct, work field, function of one argument: the struct that embeds the item]. */
export type WorkBinding = readonly [AnyStruct, string, Fn<readonly [never], void>];

export interface VariantSpec {
  readonly title: string;
  /** Switches that are on: what sets this variant apart. */
  readonly switches: readonly string[];
  readonly cases: Readonly<Record<string, CaseSpec>>;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Every switch that a variant may turn on and f.is() may ask for, with what it does. */
  readonly switches: Readonly<Record<string, string>>;
  readonly modules?: readonly KernelModule[];
  /** Work items and the functions they run, as by INIT_WORK. */
  readonly works?: readonly WorkBinding[];
  readonly variants: Readonly<Record<string, VariantSpec>>;
}

export const task = (
  name: string,
  body: TaskBody,
  options: Omit<TaskSpec, 'name' | 'body'> = {},
): TaskSpec => ({
  name,
  body,
  ...options,
});
