/** Leaves out all steps of one task: an actor that the failure does not need (DEMi, too, begins with what comes from outside). */
import type { Pass } from './pass.js';

export const dropTasks: Pass = {
  name: 'drop tasks',
  at(run, position) {
    const tasks = [...new Set(run.segments.map(({ task }) => task))].sort((a, b) => a - b);
    const dropped = tasks[position];
    if (dropped === undefined) return undefined;
    return [{ ...run, segments: run.segments.filter(({ task }) => task !== dropped) }];
  },
};
