/**
 * Moves a switch away from a task earlier or later, the steps between going from one segment of the task to its next: a
 * preemption may become a switch at a wait, at a yield point or at the task's end.
 */
import type { Pass } from './pass.js';
import { nextOfTask, spliced, type Plan } from './plan.js';

export const moveSwitch: Pass = {
  name: 'move a switch',
  at(run, position) {
    const here = run.segments[position];
    if (here === undefined) return undefined;
    const next = nextOfTask(run, position);
    const there = run.segments[next];
    if (there === undefined) return [];
    const moved = (by: number): Plan =>
      spliced(
        spliced(run, next, next + 1, { ...there, steps: there.steps - by }),
        position,
        position + 1,
        { ...here, steps: here.steps + by },
      );
    const plans: Plan[] = [];
    for (let by = there.steps - 1; by > 0; by--) plans.push(moved(by));
    for (let by = here.steps - 1; by > 0; by--) plans.push(moved(-by));
    return plans;
  },
};
