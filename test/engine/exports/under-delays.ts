/**
 * A machine on which a recipe's delays are real: steps take no time, a task that is delayed takes none, and time passes when no
 * other can. Whoever may run runs, so that a delay that is missing, or ends too early or too late, shows as another schedule.
 */
import { Machine, tablesOf, type Program, type Trace } from '@lastref/kernel';
import { lengthsOf, type Hold } from '../../../libs/reporting/src/exports/delays/holds.js';

/** The tasks in the order of their steps, as long as there is but one that may run; else who they are. */
export function underDelays(program: Program, trace: Trace, holds: readonly Hold[]): string[] {
  const machine = new Machine(tablesOf(program));
  for (const task of trace.started)
    if (program.tasks[task]?.optional !== undefined) machine.startTask(task);
  const lengths = lengthsOf(holds, trace.steps.length);
  const heldUntil = new Map<number, number>();
  let time = 0;
  const begin = (step: number): void => {
    holds.forEach(({ task, from }, i) => {
      if (from === step) heldUntil.set(task, time + (lengths[i] ?? 0));
    });
  };
  begin(0);
  const order: string[] = [];
  while (order.length < trace.steps.length) {
    const able = tasksOf(machine.candidates());
    const free = able.filter((task) => (heldUntil.get(task) ?? 0) <= time);
    const [task, ...others] = free;
    if (task === undefined) {
      const next = [...heldUntil.values()].filter((end) => end > time);
      if (next.length === 0) return [...order, 'nobody'];
      time = Math.min(...next);
      continue;
    }
    if (others.length > 0) return [...order, free.join(' or ')];
    order.push(String(task));
    const ok = machine.step(task, trace.steps[order.length - 1]?.fault === true);
    begin(order.length);
    if (!ok) break;
  }
  return order;
}

const tasksOf = (mask: number): number[] =>
  Array.from({ length: 32 }, (_, task) => task).filter((task) => (mask & (1 << task)) !== 0);
