/**
 * A declared task: runs its body once, from the start, from when it is chosen to run, or from when its milestone is
 * reached. Idle, it has not started or has ended, and takes nothing up by itself.
 */
import { assert, at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';

/** Puts its arguments into its locals. @returns where it stands then */
export function startOf(m: Kernel, task: number): number {
  const decl = m.tables.program.tasks[task];
  assert(decl !== undefined, `task ${task} is declared`);
  const base = m.localBase[task] as number;
  for (const [local, value] of decl.init ?? []) m.set(base + local, value);
  return m.runLocals(task, at(m.tables.program.bodies, decl.body).entry);
}
