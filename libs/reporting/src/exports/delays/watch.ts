/** A bpftrace script that shows whether the order came about: a line whenever the run passes from one task to another. */
import type { Trace, TraceStep } from '@lastref/kernel';
import { functionOf, taskName } from '../../facts/names.js';

/** What a probe can be put on. */
export const isSymbol = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/** Lines of the script; none where no function has a name that a probe takes. */
export function watchScript(trace: Trace): string[] {
  const probes = new Map<string, number[]>();
  trace.steps.forEach((step, i) => {
    const before = trace.steps[i - 1];
    if (before?.task === step.task) return;
    const name = nextEntered(trace, step);
    if (name !== undefined) probes.set(name, [...(probes.get(name) ?? []), step.n]);
  });
  return [...probes].map(([name, steps]) => {
    const tasks = [...new Set(steps.map((n) => taskName(trace, trace.steps[n - 1]?.task ?? -1)))];
    const words = printable(`${name}, step ${steps.join(' or ')}, by ${tasks.join(' or ')}`);
    return `kprobe:${name} { printf("%llu cpu %d %s: ${words}\\n", nsecs, cpu, comm); }`;
  });
}

/** The first function that the task enters in this stretch; where it enters none, the one it is in. */
function nextEntered({ steps }: Trace, from: TraceStep): string | undefined {
  const known = new Set(steps.findLast(({ n, task }) => n < from.n && task === from.task)?.calls);
  for (const { task, calls } of steps.slice(from.n - 1)) {
    if (task !== from.task) break;
    const entered = calls.findLast((call) => !known.has(call) && isSymbol(functionOf(call)));
    if (entered !== undefined) return functionOf(entered);
  }
  const inside = from.calls.map(functionOf).find(isSymbol);
  return inside;
}

const printable = (text: string): string => text.replaceAll(/["\\%]/g, "'");
