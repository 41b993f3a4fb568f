/**
 * struct mutex (kernel/locking/mutex.c): sleeping, not recursive, unlocked by its owner only; waiters have no order,
 * so any of them may win. The state holds the owner's task number plus one. A lock in a dead object does not block:
 * taking it reports the memory error. Detectors: bad-unlock; deadlock and lock order through holders and edges.
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ALT, ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export function lockable(m: Machine, task: number, row: number): boolean {
  return m.dangling(task, row + ARG) || cell(m.state, slotOf(m, task, row)) === 0;
}

export function mutex_lock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.edges.acquire(m, task, cell(m.tables.classOfSlot, slot));
  m.state[slot] = task + 1;
  return cell(m.code, row + NEXT);
}

/** Never blocks, and makes no edge to itself; held, it is a source of edges like any lock. */
export function mutex_trylock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  if (cell(m.state, slot) !== 0) return cell(m.code, row + ALT);
  m.state[slot] = task + 1;
  return cell(m.code, row + NEXT);
}

export function mutex_unlock(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  if (cell(m.state, slot) !== task + 1) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return FAILED;
  }
  m.state[slot] = 0;
  return cell(m.code, row + NEXT);
}

/** Mask of the task that holds the lock a blocked task wants. */
export function owner(m: Machine, task: number, row: number): number {
  if (m.dangling(task, row + ARG)) return 0;
  const value = cell(m.state, slotOf(m, task, row));
  return value === 0 ? 0 : 1 << (value - 1);
}

function slotOf(m: Machine, task: number, row: number): number {
  const base = cell(m.code, row + ARG);
  const field = cell(m.code, row + ARG + 1);
  if (base < 0) return field;
  return cell(m.tables.fields, cell(m.state, cell(m.localBase, task) + base)) + field;
}
