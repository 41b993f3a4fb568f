/** What stands between an enabled task and its step: the `order` of the case; and time, which passes only when nothing else can. */
import { Op } from '../ops/opcode.js';
import type { Machine } from './machine.js';
import { Meta, Row } from './row.js';

/** Of the enabled tasks, those whose next step would break `order`: a label's first occurrence before what must come first. */
export function heldBack(m: Machine, enabledMask: number): number {
  let barred = 0;
  for (let t = 0; t < m.taskCount; t++) {
    if ((enabledMask & (1 << t)) === 0) continue;
    const pc = m.state[m.pcSlot[t] as number] as number;
    if (((m.code[(pc << Row.shift) + Row.meta] as number) & Meta.ordered) === 0) continue;
    if ((m.state[m.tables.milestone[pc] as number] as number) !== 0) continue;
    if (m.tables.requires[pc]?.some((slot) => (m.state[slot] as number) === 0) === true)
      barred |= 1 << t;
  }
  return barred;
}

/** The first wait with a timeout, in program order, as a mask; 0 if there is none. */
export function firstTimeout(m: Machine): number {
  for (let t = 0; t < m.taskCount; t++) {
    const row = (m.state[m.pcSlot[t] as number] as number) << Row.shift;
    const op = m.code[row + Row.op] as Op;
    if (op === Op.wait_for_completion_timeout && (m.parked & (1 << t)) === 0) return 1 << t;
  }
  return 0;
}
