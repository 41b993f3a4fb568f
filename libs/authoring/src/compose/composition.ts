/**
 * What a host is composed of: cases of other scenarios, side by side in one program, none of them rewritten. Each part's
 * switches and parameters hold in its own code alone; what two parts take from one declaration is one thing.
 */
import type { CaseSpec, Scenario, SizedCase } from '../language/scenario.js';

export interface Part {
  /** What its milestones, allocations and clashing tasks are called by; the scenario's name if absent. */
  readonly name?: string;
  readonly of: Scenario;
  readonly variant: string;
  /** A case of the variant, or one made for the host of the scenario's own functions. */
  readonly case: string | CaseSpec | SizedCase;
  /** Values of the scenario's parameters, over what the case sets. */
  readonly params?: Readonly<Record<string, number>>;
}

/** One task of the host that runs a task of each of several parts, one after the other. */
export interface Join {
  readonly task: string;
  /** Pairs [part, task]. */
  readonly runs: readonly (readonly [part: string, task: string])[];
}

export interface Composition {
  readonly parts: readonly Part[];
  readonly joins?: readonly Join[];
  /** Names of static variables, idrs, modules and sysfs directories that are one thing, whichever part declares them. */
  readonly shared?: readonly string[];
  /** Names of structs, static variables, idrs, modules and sysfs directories that are one of each part. */
  readonly apart?: readonly string[];
  /** Tasks are called `part: task`; without it two of one name are an error. */
  readonly prefixTasks?: boolean;
  readonly maxSteps?: number;
}
