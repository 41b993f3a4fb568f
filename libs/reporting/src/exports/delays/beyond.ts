/** What delays alone can not bring about: faults, time, interrupts, and holds where there is no line to put one at. */
import type { RunContext, Trace } from '@lastref/kernel';
import { taskName } from '../../facts/names.js';
import type { Hold } from './holds.js';
import { placeOf } from './place.js';

export function beyondDelays(trace: Trace, context: RunContext, holds: readonly Hold[]): string[] {
  return [
    ...trace.steps.flatMap((step) => {
      const name = taskName(trace, step.task);
      const at = `step ${step.n}, \`${step.text}\` of ${name}`;
      const begins = context.steps[step.n - 1]?.begins === true;
      const kind = context.kinds[step.task];
      return [
        ...(step.fault ? [`${at}, has to fail: inject that (fail_function, failslab).`] : []),
        ...(step.early === true
          ? [`${at}: its time has to be up by then; no delay of others shortens it.`]
          : []),
        ...(begins && kind === 'timer'
          ? [`${at}, comes when the timer expires: choose the delays so that it does there.`]
          : []),
        ...(begins && kind === 'handler'
          ? [`${at}, comes when the hardware, or who raises it, says so.`]
          : []),
      ];
    }),
    ...holds.flatMap((hold) => outOfReach(trace, context, hold)),
    ...spinning(trace, holds),
    'That the delays are long enough: a step that takes longer than a delay breaks the order. Try again with longer ones.',
    'Anything that the model leaves out: other locks and CPUs, memory ordering, what else the machine does.',
  ];
}

function outOfReach(trace: Trace, context: RunContext, hold: Hold): string[] {
  const name = taskName(trace, hold.task);
  const { inside } = placeOf(trace, hold);
  if (inside !== undefined)
    return [
      `The delay of ${name} inside \`${inside}\`: a call has no line between its halves. Put it at the end of the called function.`,
    ];
  if (hold.raised !== true) return [];
  return context.kinds[hold.task] === 'worker'
    ? [
        `The delay of ${name} before its item: it counts as running meanwhile, which flushing, cancelling and queueing it again can tell.`,
      ]
    : [`That ${name} waits until step ${hold.until}: nothing can hold it before it begins.`];
}

function spinning(trace: Trace, holds: readonly Hold[]): string[] {
  const names = [
    ...new Set(
      holds.flatMap(({ task, atomic }) => (atomic === undefined ? [] : [taskName(trace, task)])),
    ),
  ];
  return names.length === 0
    ? []
    : [
        `A CPU for ${names.join(' and ')} alone: it spins in mdelay(), and what shares its CPU stands still (taskset helps).`,
      ];
}
