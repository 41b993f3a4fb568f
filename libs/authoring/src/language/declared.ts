/**
 * What a scenario, a variant and a case declare, less the code of their tasks: as much of them as the builder asks for.
 * The code is written with the builder, and so stands above it, in scenario.ts.
 */
import type { Context as ProgramContext, Detected, ReusePolicy } from '@lastref/kernel';
import { Argument } from './argument.js';
import type { Fn } from './callee.js';
import type { Idr, KernelModule, SysfsDirectory } from './globals.js';
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
  /** It must not sleep; process context unless said otherwise. */
  readonly context?: ProgramContext;
  /** Of an interrupt: the task whose CPU it comes on, if that lets it in; a CPU of its own unless said otherwise. */
  readonly on?: string;
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
  /** Sizes of idrs and sysfs directories, most references to modules, other than their own. */
  readonly sizes?: readonly (readonly [Idr | SysfsDirectory | KernelModule, number])[];
  /** Values other than the parameters' defaults; functions read them by f.param(). */
  readonly params?: Readonly<Record<string, number>>;
  /** What is looked for beside the failures: data races, between accesses of which one is not marked. */
  readonly detect?: readonly Detected[];
  /**
   * Signals that may be sent to tasks, by their names. Each is sent by a task of its own that starts by chance, as an event; a
   * task looks at it where it waits interruptibly or asks for it.
   */
  readonly signals?: Readonly<Record<string, 'interrupt' | 'kill'>>;
  /** What becomes of freed memory; kept apart unless said otherwise. */
  readonly reuse?: ReusePolicy;
  /** Timers and timeouts may fire whenever they are armed, as events; only when nothing else can run unless said so. */
  readonly timeouts?: 'any';
  readonly maxSteps?: number;
  /** What a host is composed of. */
  readonly composed?: Composed;
}

/** The parts of a host, and what it says of names that more than one of them uses. */
export interface Composed {
  readonly parts: readonly Context[];
  /** Names of static variables, idrs, modules and sysfs directories that are one thing, whichever part declares them. */
  readonly shared: readonly string[];
  /** Names of things of several parts that have nothing to do with each other. */
  readonly apart: readonly string[];
}

/** What code is built in: a scenario with its variant and case, alone or as a part of a host. */
export class Context {
  private readonly own = new Map<Argument, Argument>();
  /** Switches that the code has asked for while it was built: nothing else of the variant's decides what is built. */
  readonly asked = new Set<string>();

  constructor(
    /** Name of the part; null: the program is of this scenario alone, or the host's own. */
    readonly part: string | null,
    readonly scenario: DeclaredScenario,
    readonly variant: DeclaredVariant,
    readonly spec: DeclaredCase,
  ) {}

  /** A milestone or an allocation of the part, as the host's case names it. */
  label(name: string): string {
    return this.part === null ? name : `${this.part}:${name}`;
  }

  /** Two parts that pass one argument pass each their own. */
  argument(argument: Argument): Argument {
    if (this.part === null) return argument;
    let own = this.own.get(argument);
    if (own === undefined) {
      own = new Argument(argument.name, argument.struct, argument.max);
      this.own.set(argument, own);
    }
    return own;
  }
}
