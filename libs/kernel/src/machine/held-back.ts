/** What stands between an enabled task and its step: the `order` of the case; and time, which passes only when nothing else can. */
import type { Kernel } from '../operation/kernel.js';
import { Meta, Row } from '../operation/row.js';

const rowOf = (m: Kernel, task: number): number =>
  (m.state[m.pcSlot[task] as number] as number) << Row.shift;

/** Whether the task's next step would break `order`: a label's first occurrence before what must come first. */
function isBarred(m: Kernel, task: number): boolean {
  const row = rowOf(m, task);
  if (((m.code[row + Row.meta] as number) & Meta.ordered) === 0) return false;
  const pc = row >> Row.shift;
  if ((m.state[m.tables.milestone[pc] as number] as number) !== 0) return false;
  return m.tables.requires[pc]?.some((slot) => (m.state[slot] as number) === 0) === true;
}

/** Of the enabled tasks, those that `order` bars. */
export function heldBack(m: Kernel, enabledMask: number): number {
  let barred = 0;
  for (let t = 0; t < m.taskCount; t++)
    if ((enabledMask & (1 << t)) !== 0 && isBarred(m, t)) barred |= 1 << t;
  return barred;
}

/** Whether the task is an idle timer that is armed. */
export function isArmed(m: Kernel, task: number): boolean {
  const slot = m.tables.armedSlotOf[task] as number;
  return (
    slot >= 0 &&
    (m.state[slot] as number) !== 0 &&
    (m.state[m.pcSlot[task] as number] as number) === 0
  );
}

/** Whether the task's time can be up: at a wait with a timeout, or of a timer that is armed. */
const isTimed = (m: Kernel & { readonly parked: number }, task: number): boolean =>
  (((m.code[rowOf(m, task) + Row.meta] as number) & Meta.timeout) !== 0 &&
    (m.parked & (1 << task)) === 0) ||
  isArmed(m, task);

/** All whose time can be up and that `order` does not bar, as a mask. */
export function allTimeouts(m: Kernel & { readonly parked: number }): number {
  let mask = 0;
  for (let t = 0; t < m.taskCount; t++) if (isTimed(m, t) && !isBarred(m, t)) mask |= 1 << t;
  return mask;
}

/** The first wait with a timeout, or timer, that `order` does not bar, in program order, as a mask; 0 if there is none. */
export function firstTimeout(m: Kernel & { readonly parked: number }): number {
  for (let t = 0; t < m.taskCount; t++) if (isTimed(m, t) && !isBarred(m, t)) return 1 << t;
  return 0;
}

/** Whether `order` bars a timeout: where nothing else can run, the run has left the case. */
export function barsTimeout(m: Kernel & { readonly parked: number }): boolean {
  for (let t = 0; t < m.taskCount; t++) if (isTimed(m, t) && isBarred(m, t)) return true;
  return false;
}
