/**
 * Shortens a segment: steps of a task that nothing waits for, half of them first and one last, as in Hypothesis' adaptive deletion.
 * Which steps of a segment go makes no difference, since the task decides what its next one is.
 */
import type { Pass } from './pass.js';
import { spliced, type Plan } from './plan.js';

export const dropSteps: Pass = {
  name: 'drop steps',
  at(run, position) {
    const here = run.segments[position];
    if (here === undefined) return undefined;
    const plans: Plan[] = [];
    for (let less = here.steps >> 1; less > 0; less >>= 1)
      plans.push(spliced(run, position, position + 1, { ...here, steps: here.steps - less }));
    return plans;
  },
};
