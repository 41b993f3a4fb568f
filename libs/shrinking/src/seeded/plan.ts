/**
 * A run as the passes see it: stretches of one task each. A plan is what a pass would like to happen; the executor makes
 * it a run by leaving out what cannot be done. Faults are named by task and by how many steps that task had executed, so
 * that a fault stays with its step when stretches are moved.
 */
import type { Cost } from '@lastref/kernel';

export interface Segment {
  readonly task: number;
  /** How many steps; Infinity: until the task cannot go on. */
  readonly steps: number;
}

export interface Plan {
  /** Per optional task, in order of declaration. */
  readonly starts: readonly boolean[];
  readonly segments: readonly Segment[];
  readonly faults: ReadonlySet<number>;
  /** Whether the run goes on behind the last segment, by the executor's choice. */
  readonly goesOn: boolean;
}

/** A plan that was executed, step for step, and meets the target. */
export interface Run extends Plan {
  readonly cost: Cost;
  readonly schedule: string;
  /** Tasks of the program, those that did not run included. */
  readonly tasks: number;
}

const TASKS_MAX = 64;

/** Name of the step that `task` executes after `before` others of its own. */
export const faultAt = (task: number, before: number): number => before * TASKS_MAX + task;

/** The plan with segments `from` to before `to` replaced. */
export const spliced = (
  plan: Plan,
  from: number,
  to: number,
  ...instead: readonly Segment[]
): Plan => ({
  ...plan,
  segments: [...plan.segments.slice(0, from), ...instead, ...plan.segments.slice(to)],
});

/** Index of the next segment of the same task, or -1. */
export const nextOfTask = ({ segments }: Plan, index: number): number =>
  segments.findIndex(({ task }, i) => i > index && task === segments[index]?.task);
