/** Vector clocks of the steps of a run: by task, how many of its steps are ordered before, each step counting itself. */
import type { TraceStep } from '@lastref/kernel';
import type { Link } from './links.js';

export type Clock = ReadonlyMap<number, number>;

/** @param links that order steps, besides the order within a task */
export function vectorClocks(steps: readonly TraceStep[], links: readonly Link[]): Clock[] {
  const ofTask = new Map<number, Clock>();
  const clocks: Clock[] = [];
  const into = new Map<number, number[]>();
  for (const { from, to } of links) into.set(to, [...(into.get(to) ?? []), from]);
  for (const { n, task } of steps) {
    const clock = new Map(ofTask.get(task) ?? []);
    for (const from of into.get(n) ?? [])
      for (const [other, time] of clocks[from - 1] ?? [])
        clock.set(other, Math.max(time, clock.get(other) ?? 0));
    clock.set(task, (clock.get(task) ?? 0) + 1);
    ofTask.set(task, clock);
    clocks.push(clock);
  }
  return clocks;
}
