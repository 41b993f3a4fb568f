/**
 * The tasks a deadlock or a hang is about. A deadlock is a cycle over waits with known holders, turned as its signature
 * is; tasks queued behind it are not in it. A hang is every task blocked for good; parked ones (staying in user mode,
 * waiting for the outside) are none.
 */
import type { Trace, WaitingTask } from '@lastref/kernel';

/** Blocked tasks that the verdict names, in the order of its signature. */
export function blockedTasks(trace: Trace): readonly WaitingTask[] {
  if (trace.verdict.outcome !== 'failed') return [];
  switch (trace.verdict.kind) {
    case 'deadlock':
      return cycleOf(trace, trace.verdict.signature);
    case 'hung-task':
      return hungTasks(trace, trace.verdict.signature);
    default:
      return [];
  }
}

/** Tasks that a hang leaves alone: they stay in user mode or wait for the outside. */
export const parkedTasks = (trace: Trace): readonly WaitingTask[] =>
  trace.waiting.filter(({ parked }) => parked);

/** As signatures spell a wait; compared whole, so that no name can be read wrongly. */
const wait = ({ function: name, resource }: WaitingTask): string => `${name}(${resource})`;

/** Roots of the hang first, as the signature lists them; then who waits behind them. */
function hungTasks(trace: Trace, signature: string): WaitingTask[] {
  const rank = (task: WaitingTask): number => {
    const place = [`@${wait(task)}`, `+${wait(task)}`].map((text) => signature.indexOf(text));
    const found = place.filter((index) => index >= 0);
    return found.length === 0 ? signature.length : Math.min(...found);
  };
  return trace.waiting.filter(({ parked }) => !parked).sort((a, b) => rank(a) - rank(b));
}

/** The cycle of waits whose texts, in their order, are the signature. */
function cycleOf(trace: Trace, signature: string): readonly WaitingTask[] {
  const byTask = new Map(trace.waiting.map((task) => [task.task, task]));
  const extend = (path: readonly WaitingTask[]): readonly WaitingTask[] | undefined => {
    const spelled = `deadlock@${path.map(wait).join('+')}`;
    if (!signature.startsWith(spelled)) return undefined;
    for (const holder of path[path.length - 1]?.holders ?? []) {
      if (spelled === signature && holder === path[0]?.task) return path;
      const next = byTask.get(holder);
      if (next === undefined || path.includes(next)) continue;
      const cycle = extend([...path, next]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  for (const task of trace.waiting) {
    const cycle = extend([task]);
    if (cycle !== undefined) return cycle;
  }
  return [];
}
