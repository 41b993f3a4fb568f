/**
 * What operations ask of a work item: a field that a function is bound to. It is pending on at most one queue, and runs on
 * the worker that took it; it may be pending again while it runs. How often it is disabled is the one thing kept in the field.
 */
import type { Kernel } from '../../operation/kernel.js';
import { Exit, Item } from '../../operation/row.js';

/** Number of the item that the operand at `row` names, without asking whether its object is there. */
export const itemAt = (m: Kernel, task: number, row: number): number =>
  m.tables.itemOfField[
    (m.pointer(task, row) << Item.fieldBits) | (m.code[row + 1] as number)
  ] as number;

/** The same, or FAILED after the detector of NULL and dead pointers spoke. */
export const item = (m: Kernel, task: number, row: number): number =>
  m.alive(m.pointer(task, row), row) ? itemAt(m, task, row) : Exit.failed;

/** Index among the slots of pending items, of all queues, -1 where the item is not pending. */
export function pendingAt(m: Kernel, number: number): number {
  const { fifoSlots } = m.tables;
  for (let i = 0; i < fifoSlots.length; i++)
    if ((m.state[fifoSlots[i] as number] as number) === number) return i;
  return -1;
}

/** Whether the item's timer is armed. */
export function isArmed(m: Kernel, number: number): boolean {
  const timer = m.tables.timerOf[number] as number;
  return timer >= 0 && (m.state[m.tables.armedSlotOf[timer] as number] as number) !== 0;
}

export const isPending = (m: Kernel, number: number): boolean =>
  pendingAt(m, number) >= 0 || isArmed(m, number);

/** Mask of those that run the item. */
export function runners(m: Kernel, number: number): number {
  const { itemSlotOf } = m.tables;
  let mask = 0;
  for (let t = 0; t < m.taskCount; t++) {
    const slot = itemSlotOf[t] as number;
    if (slot >= 0 && (m.state[slot] as number) === number) mask |= 1 << t;
  }
  return mask;
}

export function isDisabled(m: Kernel, number: number): boolean {
  const slot = m.tables.slotOfItem[number] as number;
  return slot >= 0 && (m.state[slot] as number) !== 0;
}

export function countOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
