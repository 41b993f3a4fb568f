/**
 * What a scenario, a variant and a case declare, less the code of their tasks: as much of them as the builder asks for.
 * The code is written with the builder, and so stands above it, in scenario.ts.
 */
import type { ReusePolicy } from '@lastref/kernel';
import type { Fn } from './callee.js';
import type { KernelModule } from './globals.js';
import type { Parameters } from './parameter.js';
import type { AnyStruct } from './struct.js';

/** [struct, field, function of one argument: the struct that embeds the work, delayed work or timer]. */
export type WorkBinding = readonly [AnyStruct, string, Fn<readonly [never], void>];

export interface DeclaredScenario {
  readonly name: string;
  readonly title: string;
  /** Every switch that a variant may turn on and f.is() may ask for, with what it does. */
  readonly switches: Readonly<Record<string, string>>;
  readonly modules?: readonly KernelModule[];
  /** What a case may set and f.param() read. */
  readonly params?: Parameters;
  /** Work and timers and the functions they run, as by INIT_WORK and timer_setup. */
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
  /** Values other than the parameters' defaults; functions read them by f.param(). */
  readonly params?: Readonly<Record<string, number>>;
  /** What becomes of freed memory; kept apart unless said otherwise. */
  readonly reuse?: ReusePolicy;
  /** Timers and timeouts may fire whenever they are armed, as events; only when nothing else can run unless said so. */
  readonly timeouts?: 'any';
  readonly maxSteps?: number;
}
