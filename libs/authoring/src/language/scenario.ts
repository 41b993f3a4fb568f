/**
 * A scenario: variants of the code under test, told apart by switches, and the cases asked of each. Compiled one
 * address at a time to a Program; nothing of the scenario's source is needed to run that program later.
 */
import type { ReusePolicy } from '@lastref/kernel';
import type { FunctionBuilder } from '../builder/function-builder.js';
import { Site } from '../builder/site.js';
import type { Argument, Passed } from './argument.js';
import type { Fn } from './fn.js';
import type { KernelModule } from './globals.js';
import type { AnyStruct } from './struct.js';

/** Code of the prologue, or of a task that takes no arguments. */
export type Body = (f: FunctionBuilder) => void;
/** Code of a task: takes what its `args` name. */
export type TaskBody = (f: FunctionBuilder, ...args: never[]) => void;

export interface TaskSpec {
  readonly name: string;
  /** Tasks that share one body function share their code, and are identical to the engine unless their args differ. */
  readonly body: TaskBody;
  /** Starts with this probability over 65536 under `rw`, as an event. */
  readonly optional?: number;
  /** Starts when the milestone is reached. */
  readonly after?: string;
  /** What the prologue passes to the body, held by the task from time 0 on. */
  readonly args?: readonly Argument[];
  /** Where it was declared. */
  readonly site?: Site;
}

export interface CaseSpec {
  readonly title: string;
  /** Runs before time 0, draws nothing and costs nothing. */
  readonly given?: Body;
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

type Start = Pick<TaskSpec, 'optional' | 'after'>;

/** A task of a case. `task('close', close, { args: [file] })` calls `close(f, file)` with what `given` passed. */
export function task<const A extends readonly Argument[]>(
  name: string,
  body: (f: FunctionBuilder, ...args: Passed<A>) => void,
  options: Start & { readonly args: A },
): TaskSpec;
export function task(name: string, body: Body, options?: Start): TaskSpec;
export function task(
  name: string,
  body: TaskBody,
  options: Pick<TaskSpec, 'optional' | 'after' | 'args'> = {},
): TaskSpec {
  return { name, body, ...options, site: new Site() };
}
