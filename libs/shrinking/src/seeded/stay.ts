/**
 * Stays on the task that runs: from the end of a segment it goes on until it cannot. What then follows is either the rest
 * of the run, or nothing but the executor's own choices (what Hypothesis does when it zeroes the tail of its choices).
 */
import type { Pass } from './pass.js';
import { spliced } from './plan.js';

export const stay: Pass = {
  name: 'stay',
  at(run, position) {
    const here = run.segments[position];
    if (here === undefined) return undefined;
    const on = { task: here.task, steps: Infinity };
    return [
      spliced(run, position, run.segments.length, on),
      spliced(run, position, position + 1, on),
    ];
  },
};
