/** Deletes stretches of segments, half of what is left first and single segments last (ddmin, with adaptive size). */
import type { Pass } from './pass.js';
import { spliced, type Plan } from './plan.js';

export const dropSegments: Pass = {
  name: 'drop segments',
  at(run, position) {
    const left = run.segments.length - position;
    if (left <= 0) return undefined;
    const plans: Plan[] = [];
    for (let length = Math.ceil(left / 2); length > 0; length >>= 1)
      plans.push(spliced(run, position, position + length));
    return plans;
  },
};
