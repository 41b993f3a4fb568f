/**
 * spinlock_t (kernel/locking/spinlock.c): excludes like a mutex, and its holder must not sleep. A sleeping operation
 * of a task that holds one does not block but reports sleep-in-atomic ("sleeping function called from invalid
 * context"); which operations sleep is said in ../ops/specs.ts. Interrupts are not modelled, so spin_lock_irqsave is
 * the same. Allocations count as GFP_ATOMIC here.
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

export function spin_lock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.edges.acquire(m, task, m.tables.classOfSlot[slot] as number);
  m.set(slot, task + 1);
  return m.code[row + Row.next] as number;
}

export function spin_unlock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot] as number) !== task + 1) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot, 0);
  return m.code[row + Row.next] as number;
}

/** Bits of the classes of spinlocks that the task holds. */
export const spinlocksHeld = (m: Machine, task: number): number =>
  m.edges.heldBy(m, task) & m.tables.spinClasses;

/** Whether the task may sleep; if not the machine's failure says so. */
export function maySleep(m: Machine, task: number): boolean {
  const held = spinlocksHeld(m, task);
  if (held === 0) return true;
  m.failure.raise('sleep-in-atomic', m.pc, 31 - Math.clz32(held & -held));
  return false;
}
