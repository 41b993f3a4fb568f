/**
 * What a trace leaves out of a run, by executing its schedule once more: who could have gone on at every step, whom a step
 * woke, and who must not sleep after it.
 */
import {
  assert,
  cell,
  Machine,
  tablesOf,
  whyAtomic,
  type Program,
  type RunContext,
  type StepContext,
} from '@lastref/kernel';
import { follow } from './follow.js';

/** @param schedule of a run of the program that was replayed before */
export function runContext(program: Program, schedule: string): RunContext {
  const machine = new Machine(tablesOf(program));
  const { layout } = machine.tables;
  const steps: StepContext[] = [];
  const begun = new Set<number>();
  let ready = 0;
  let begins = false;
  const tasksOf = (mask: number): number[] =>
    layout.tasks.flatMap((_, task) => ((mask & (1 << task)) === 0 ? [] : [task]));
  const followed = follow(machine, schedule, {
    before: (task) => {
      ready = machine.enabledMask();
      const idle = cell(machine.state, cell(machine.pcSlot, task)) === 0;
      begins = idle || (layout.tasks[task]?.kind === 'task' && !begun.has(task));
      begun.add(task);
    },
    after: (task, ok) => {
      const woken = ok ? machine.enabledMask() & ~ready & ~(1 << task) : 0;
      const atomic = ok ? whyAtomic(machine, task) : undefined;
      steps.push({
        ready: tasksOf(ready),
        wakes: tasksOf(woken),
        ...(atomic === undefined ? {} : { atomic }),
        ...(begins ? { begins } : {}),
      });
    },
  });
  assert(followed !== 'refused', 'the schedule was replayed before');
  const kinds = layout.tasks.map(({ kind }, task) =>
    program.tasks[task]?.context === undefined ? kind : 'handler',
  );
  return { kinds, steps };
}
