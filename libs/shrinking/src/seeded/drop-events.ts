/**
 * Drops what the environment did: each started optional task, then each fault. One at a time, as the last round of ddmin: there
 * are few, and they weigh most.
 */
import type { Pass } from './pass.js';
import { type Plan } from './plan.js';

export const dropEvents: Pass = {
  name: 'drop events',
  at(run, position) {
    const started = run.starts.flatMap((starts, i) => (starts ? [i] : []));
    const faults = [...run.faults];
    if (position >= started.length + faults.length) return undefined;
    const unstarted = started[position];
    if (unstarted !== undefined) return [{ ...run, starts: run.starts.with(unstarted, false) }];
    const dropped = faults[position - started.length];
    const without: Plan = { ...run, faults: new Set(faults.filter((fault) => fault !== dropped)) };
    return [without];
  },
};
