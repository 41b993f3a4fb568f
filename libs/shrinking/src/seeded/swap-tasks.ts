/**
 * Lets another task do what one did, and a third stop earlier: of many alike, on several devices, the one whose device goes
 * first fails sooner, but only if the rest does not go past it.
 */
import type { Pass } from './pass.js';
import { spliced, type Plan } from './plan.js';

export const swapTasks: Pass = {
  name: 'swap tasks',
  at(run, position) {
    const tasks = [...new Set(run.segments.map(({ task }) => task))].sort((a, b) => a - b);
    const one = tasks[position];
    if (one === undefined) return undefined;
    const others = Array.from({ length: run.tasks }, (_, task) => task);
    return others
      .filter((other) => other !== one)
      .flatMap((other) => shortened(swapped(run, one, other), one, other));
  },
};

function swapped(run: Plan, one: number, other: number): Plan {
  const exchange = (task: number): number => (task === one ? other : task === other ? one : task);
  return {
    ...run,
    goesOn: false,
    segments: run.segments.map(({ task, steps }) => ({ task: exchange(task), steps })),
  };
}

function shortened(plan: Plan, one: number, other: number): Plan[] {
  const plans = [plan];
  plan.segments.forEach((segment, i) => {
    if (segment.task === one || segment.task === other) return;
    for (let steps = segment.steps - 1; steps > 0; steps--)
      plans.push(spliced(plan, i, i + 1, { ...segment, steps }));
  });
  return plans;
}
