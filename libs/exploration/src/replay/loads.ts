/**
 * How a task came by an object: the step since which it has had a pointer to it without a break, and the later loads of the
 * pointers that it still has. Copies between locals are fused into other steps and tell nothing.
 */
import { at, specOf, type Machine, type TraceStep } from '@lastref/kernel';

/** Numbers of the steps, ascending. @param object its number */
export function loadsOf(
  { tables }: Machine,
  steps: readonly TraceStep[],
  task: number,
  object: number,
): number[] {
  const { slots, tasks } = tables.layout;
  const prefix = `${tasks[task]?.name ?? ''}.`;
  const locals = new Set(
    slots.flatMap(({ name, pointer }) => (pointer && name.startsWith(prefix) ? [name] : [])),
  );
  /** Locals that hold the object, with the step by which each came to. */
  const holding = new Map<string, number>();
  let since: number | undefined;
  for (const step of steps) {
    if (step.task !== task) continue;
    const before = holding.size;
    for (const { name, to } of step.changes) {
      if (!locals.has(name)) continue;
      if (to === object) holding.set(name, step.n);
      else holding.delete(name);
    }
    if (holding.size === 0) since = undefined;
    else if (before === 0) since = step.n;
  }
  const isLoad = (n: number): boolean => {
    const step = steps[n - 1];
    if (step === undefined) return false;
    const { operands } = specOf(at(tables.program.code, step.pc).op);
    return operands.some(({ is }) => is === 'dst');
  };
  const loads = [...holding.values()].filter(isLoad);
  return [...new Set([...(since === undefined ? [] : [since]), ...loads])].sort((a, b) => a - b);
}
