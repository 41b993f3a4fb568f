/** Shortens a segment: steps of a task that nothing waits for, all of them first and one last. */
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
