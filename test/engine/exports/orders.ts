/** Which steps of a run its locks and wake-ups order, told from the trace by brute force; and which of two clocks is before. */
import type { RunContext, Trace } from '@lastref/kernel';
import type { LoggedEvent } from './consumers/shiviz.js';

/** By index of steps. Not reflexive. */
export function beforeInRun(trace: Trace, context: RunContext): (a: number, b: number) => boolean {
  const { steps } = trace;
  const reach = steps.map((step, b) => {
    const direct = new Set<number>();
    steps.slice(0, b).forEach((earlier, a) => {
      const sameTask = earlier.task === step.task;
      const handsOver = earlier.locks.some(
        ({ event, lock }) =>
          event === 'release' &&
          step.locks.some((taken) => taken.event !== 'release' && taken.lock === lock),
      );
      if (sameTask || handsOver || wokeFor(trace, context, a, b)) direct.add(a);
    });
    return direct;
  });
  const before = steps.map(() => new Set<number>());
  reach.forEach((direct, b) => {
    for (const a of direct) for (const one of [a, ...(before[a] ?? [])]) before[b]?.add(one);
  });
  return (a, b) => before[b]?.has(a) === true;
}

/** Step a made the task of step b able to go on, b is what it then did, and none after a did so too. */
function wokeFor({ steps }: Trace, context: RunContext, a: number, b: number): boolean {
  const task = steps[b]?.task ?? -1;
  const wakes = (i: number): boolean => context.steps[i]?.wakes.includes(task) === true;
  if (!wakes(a)) return false;
  for (let i = a + 1; i < b; i++) if (steps[i]?.task === task || wakes(i)) return false;
  return true;
}

/** As vector clocks are compared. */
export function clockBefore(a: LoggedEvent | undefined, b: LoggedEvent | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  return [...a.clock].every(([host, time]) => time <= (b.clock.get(host) ?? 0));
}
