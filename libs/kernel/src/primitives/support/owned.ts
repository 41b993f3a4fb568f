/**
 * Locks that one task holds, by its number plus one in one slot: what mutexes and spinlocks share. The slot is found without
 * the detectors where only a question is asked.
 */
import type { Kernel } from '../../operation/kernel.js';
import type { Step } from '../../operation/operation.js';
import { Exit, Row } from '../../operation/row.js';

function slotOf(m: Kernel, task: number, row: number): number {
  const base = m.code[row + Row.arg] as number;
  const field = m.code[row + Row.arg + 1] as number;
  if (base < 0) return field;
  return (
    (m.tables.fields[m.state[(m.localBase[task] as number) + base] as number] as number) + field
  );
}

/** Mask of the task with that number plus one; 0 for none. */
export const ownerMask = (number: number): number => (number === 0 ? 0 : 1 << (number - 1));

export const isFree = (m: Kernel, task: number, row: number): boolean =>
  m.dangling(task, row + Row.arg) || (m.state[slotOf(m, task, row)] as number) === 0;

export function owner(m: Kernel, task: number, row: number): number {
  if (m.dangling(task, row + Row.arg)) return 0;
  return ownerMask(m.state[slotOf(m, task, row)] as number);
}

export function lock(m: Kernel, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot, task + 1);
  return m.code[row + Row.next] as number;
}

/** Leaves by `alt` if it is held. */
export function trylock(m: Kernel, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot] as number) !== 0) return m.code[row + Row.alt] as number;
  m.set(slot, task + 1);
  return m.code[row + Row.next] as number;
}

export function unlock(m: Kernel, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot] as number) !== task + 1) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot, 0);
  return m.code[row + Row.next] as number;
}

/** Works on the lock without changing who holds it. */
export const touch: Step = (m, task, row) =>
  m.place(task, row + Row.arg) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);
