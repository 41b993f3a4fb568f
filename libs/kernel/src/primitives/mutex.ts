/**
 * struct mutex (kernel/locking/mutex.c): sleeping, not recursive, unlocked by its owner only; waiters have no order,
 * so any of them may win. The state holds the owner's task number plus one. A lock in a dead object does not block:
 * taking it reports the memory error. Detectors: bad-unlock; deadlock and lock order through holders and edges.
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

export function lockable(m: Machine, task: number, row: number): boolean {
  return m.dangling(task, row + Row.arg) || (m.state[slotOf(m, task, row)] as number) === 0;
}

export function mutex_lock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.edges.acquire(m, task, m.tables.classOfSlot[slot] as number);
  m.set(slot, task + 1);
  return m.code[row + Row.next] as number;
}

/** Never blocks, and makes no edge to itself; held, it is a source of edges like any lock. */
export function mutex_trylock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot] as number) !== 0) return m.code[row + Row.alt] as number;
  m.set(slot, task + 1);
  return m.code[row + Row.next] as number;
}

export function mutex_unlock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot] as number) !== task + 1) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot, 0);
  return m.code[row + Row.next] as number;
}

/** Mask of the task that holds the lock a blocked task wants. */
export function owner(m: Machine, task: number, row: number): number {
  if (m.dangling(task, row + Row.arg)) return 0;
  const value = m.state[slotOf(m, task, row)] as number;
  return value === 0 ? 0 : 1 << (value - 1);
}

function slotOf(m: Machine, task: number, row: number): number {
  const base = m.code[row + Row.arg] as number;
  const field = m.code[row + Row.arg + 1] as number;
  if (base < 0) return field;
  return (
    (m.tables.fields[m.state[(m.localBase[task] as number) + base] as number] as number) + field
  );
}
