/** What stands between an enabled task and its step: the `order` of the case; and time, which passes only when nothing else can. */
import { Op } from '../ops/opcode.js';
import { cell } from '../state/cell.js';
import type { Machine } from './machine.js';
import { META, META_ORDERED, OP, ROW_SHIFT } from './tables.js';

/** Of the enabled tasks, those whose next step would break `order`: a label's first occurrence before what must come first. */
export function heldBack(m: Machine, enabledMask: number): number {
  let barred = 0;
  for (let t = 0; t < m.taskCount; t++) {
    if ((enabledMask & (1 << t)) === 0) continue;
    const pc = cell(m.state, cell(m.pcSlot, t));
    if ((cell(m.code, (pc << ROW_SHIFT) + META) & META_ORDERED) === 0) continue;
    if (cell(m.state, cell(m.tables.milestone, pc)) !== 0) continue;
    if (m.tables.requires[pc]?.some((slot) => cell(m.state, slot) === 0) === true) barred |= 1 << t;
  }
  return barred;
}

/** The first wait with a timeout, in program order, as a mask; 0 if there is none. */
export function firstTimeout(m: Machine): number {
  for (let t = 0; t < m.taskCount; t++) {
    const row = cell(m.state, cell(m.pcSlot, t)) << ROW_SHIFT;
    const op = cell(m.code, row + OP) as Op;
    if (op === Op.wait_for_completion_timeout && (m.parked & (1 << t)) === 0) return 1 << t;
  }
  return 0;
}
