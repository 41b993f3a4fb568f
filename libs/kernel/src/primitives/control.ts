/**
 * Local operations: they touch only the task's own locals, so they are fused into the step before.
 * Validation proves that they form no cycle, so running them always ends.
 */
import { Op } from '../ops/opcode.js';
import type { Machine } from '../machine/machine.js';
import { Row } from '../machine/row.js';

/** Runs local operations from `pc` on. @returns the program counter of the next step, or 0 at the end */
export function runLocals(m: Machine, task: number, pc: number): number {
  const { code } = m;
  const base = m.localBase[task] as number;
  for (;;) {
    const row = pc << Row.shift;
    switch (code[row + Row.op] as Op) {
      case Op.set:
        m.set(base + (code[row + Row.arg] as number), m.value(task, row + Row.arg + 1));
        pc = code[row + Row.next] as number;
        break;
      case Op.zero:
        m.set(base + (code[row + Row.arg] as number), 0);
        pc = code[row + Row.next] as number;
        break;
      case Op.test: {
        const next = code[row + (holds(m, task, row) ? Row.next : Row.alt)] as number;
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
  const left = m.value(task, row + Row.arg);
  const right = m.value(task, row + Row.arg + 3);
  switch (m.code[row + Row.arg + 2] as number) {
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
