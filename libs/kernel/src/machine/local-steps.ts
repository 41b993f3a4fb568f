/** Runs the local operations that are fused into a step. They form no cycle, so this ends. */
import type { Kernel } from '../operation/kernel.js';
import { executeLocal } from '../primitives/dispatch.js';
import { Meta, Row } from '../operation/row.js';

/** Runs local operations from `pc` on. @returns the program counter of the next step, or 0 at the end */
export function runLocals(m: Kernel, task: number, pc: number): number {
  const { code } = m;
  for (let here = pc; ;) {
    const row = here << Row.shift;
    if (((code[row + Row.meta] as number) & Meta.local) === 0) return here;
    here = executeLocal(m, task, row, code[row + Row.op] as number);
  }
}
