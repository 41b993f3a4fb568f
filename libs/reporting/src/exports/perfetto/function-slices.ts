/** A slice per call of a function, from the first step inside it to the last, nested as the call traces are. */
import type { Trace } from '@lastref/kernel';
import { begin, end, PROCESS, type TraceEvent } from './trace-event.js';

interface Open {
  readonly call: string;
  readonly from: number;
}

export function functionSlices(trace: Trace): TraceEvent[] {
  const stacks = new Map<number, Open[]>();
  const lastStep = new Map<number, number>();
  const slices: TraceEvent[] = [];
  const leave = (task: number, open: Open[], depth: number): void => {
    for (const { call, from } of open.splice(depth).reverse())
      slices.push({
        ph: 'X',
        pid: PROCESS,
        tid: task + 1,
        ts: begin(from),
        dur: end(lastStep.get(task) ?? from) - begin(from),
        cat: 'function',
        name: call,
      });
  };
  for (const { n, task, calls } of trace.steps) {
    const open = stacks.get(task) ?? [];
    stacks.set(task, open);
    const stack = [...calls].reverse();
    let common = 0;
    while (common < open.length && open[common]?.call === stack[common]) common++;
    leave(task, open, common);
    for (const call of stack.slice(common)) open.push({ call, from: n });
    lastStep.set(task, n);
  }
  for (const [task, open] of stacks) leave(task, open, 0);
  // A viewer takes the outer one of two that begin together for the one that comes first.
  return slices.reverse().sort((a, b) => startOf(a) - startOf(b) || lengthOf(b) - lengthOf(a));
}

const startOf = (event: TraceEvent): number => ('ts' in event ? event.ts : 0);
const lengthOf = (event: TraceEvent): number => ('dur' in event ? event.dur : 0);
