/**
 * Active references of a sysfs file (fs/kernfs/dir.c): a reader or writer holds one during its operation, not while
 * the file is merely open. Removal deactivates the node, so that no new reference is given, and then waits for those
 * held (kernfs_drain): two steps, arrive and pass. Holders are known, so a drain that waits for a reader which waits
 * for the remover's lock is a deadlock. For lock order a node is a pseudo-lock, kn->active, taken by trylock in
 * readers. Slots: mask of the tasks that hold a reference, and whether the node is active.
 * Limit: a task holds at most one reference of a node.
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

const LIVE = 1;

/** The file appears: from here on references are given. */
export function kernfs_create(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot + LIVE, 1);
  return m.code[row + Row.next] as number;
}

/** Leaves by `alt` once the node is deactivated. */
export function kernfs_get_active(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot + LIVE] as number) === 0) return m.code[row + Row.alt] as number;
  m.set(slot, (m.state[slot] as number) | (1 << task));
  return m.code[row + Row.next] as number;
}

export function kernfs_put_active(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if (((m.state[slot] as number) & (1 << task)) === 0) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot, (m.state[slot] as number) & ~(1 << task));
  return m.code[row + Row.next] as number;
}

/** Arrive: from here on no new reference is given. */
export function kernfs_deactivate(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot + LIVE, 0);
  return m.code[row + Row.next] as number;
}

export function inactive(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return (m.state[m.place(task, row + Row.arg)] as number) === 0;
}

export function kernfs_drain(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.edges.acquire(m, task, m.tables.classOfSlot[slot] as number);
  return m.code[row + Row.next] as number;
}

/** Mask of the tasks whose references a drain waits for. */
export function activeHolders(m: Machine, task: number, row: number): number {
  if (m.dangling(task, row + Row.arg)) return 0;
  return m.state[m.place(task, row + Row.arg)] as number;
}
