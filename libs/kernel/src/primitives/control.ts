/**
 * Local operations: they touch only the task's own locals, so they are fused into the step before.
 * Validation proves that they form no cycle, so running them always ends.
 */
import { Op } from '../ops/opcode.js';
import { cell } from '../state/cell.js';
import type { Machine } from '../machine/machine.js';
import { ALT, ARG, NEXT, OP, ROW_SHIFT } from '../machine/tables.js';

/** Runs local operations from `pc` on. @returns the program counter of the next step, or 0 at the end */
export function runLocals(m: Machine, task: number, pc: number): number {
  const { code, state } = m;
  const base = cell(m.localBase, task);
  for (;;) {
    const row = pc << ROW_SHIFT;
    switch (cell(code, row + OP) as Op) {
      case Op.set:
        state[base + cell(code, row + ARG)] = m.value(task, row + ARG + 1);
        pc = cell(code, row + NEXT);
        break;
      case Op.zero:
        state[base + cell(code, row + ARG)] = 0;
        pc = cell(code, row + NEXT);
        break;
      case Op.test: {
        const next = cell(code, row + (holds(m, task, row) ? NEXT : ALT));
        if (m.coverage !== null) m.cover(pc, next, false);
        pc = next;
        break;
      }
      default:
        return pc;
    }
  }
}

function holds(m: Machine, task: number, row: number): boolean {
  const left = m.value(task, row + ARG);
  const right = m.value(task, row + ARG + 3);
  switch (cell(m.code, row + ARG + 2)) {
    case 0:
      return left === right;
    case 1:
      return left !== right;
    case 2:
      return left < right;
    default:
      return left <= right;
  }
}
