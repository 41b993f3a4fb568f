/** Merges a segment with the next of its task: one switch away and back less (as Tinertia does for fixed traces). */
import type { Pass } from './pass.js';
import { nextOfTask, spliced } from './plan.js';

export const mergeSegments: Pass = {
  name: 'merge segments',
  at(run, position) {
    const here = run.segments[position];
    if (here === undefined) return undefined;
    const next = nextOfTask(run, position);
    const there = run.segments[next];
    if (there === undefined) return [];
    const merged = { task: here.task, steps: here.steps + there.steps };
    return [
      spliced(spliced(run, next, next + 1), position, position + 1, merged),
      spliced(spliced(run, next, next + 1, merged), position, position + 1),
    ];
  },
};
