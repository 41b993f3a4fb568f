/**
 * The tasks a deadlock or a hang is about. A deadlock is a cycle over waits with known holders, turned as its signature
 * is; tasks queued behind it are not in it. A hang is every task blocked for good; parked ones (staying in user mode,
 * waiting for the outside) are none.
 */
import { signatureParts, type Trace, type WaitingTask } from '@lastref/kernel';

const PARKED = /^(?:stay|wait_external)\(/;

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
  trace.waiting.filter(({ text }) => PARKED.test(text));

const wait = ({ function: name, resource }: WaitingTask): string => `${name}(${resource})`;

const waitsOf = (signature: string): string[] =>
  signatureParts(signature).parts.map(({ name, detail }) => `${name}(${detail ?? ''})`);

/** Roots of the hang first, as the signature lists them; then who waits behind them. */
function hungTasks(trace: Trace, signature: string): WaitingTask[] {
  const roots = waitsOf(signature);
  const rank = (task: WaitingTask): number => {
    const place = roots.indexOf(wait(task));
    return place < 0 ? roots.length : place;
  };
  return trace.waiting.filter(({ text }) => !PARKED.test(text)).sort((a, b) => rank(a) - rank(b));
}

function cycleOf(trace: Trace, signature: string): readonly WaitingTask[] {
  const wanted = waitsOf(signature);
  const byTask = new Map(trace.waiting.map((task) => [task.task, task]));
  const extend = (path: readonly WaitingTask[]): readonly WaitingTask[] | undefined => {
    const last = path[path.length - 1];
    if (last === undefined || wait(last) !== wanted[path.length - 1]) return undefined;
    for (const holder of last.holders) {
      if (path.length === wanted.length && holder === path[0]?.task) return path;
      const next = byTask.get(holder);
      if (next === undefined || path.length === wanted.length || path.includes(next)) continue;
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
