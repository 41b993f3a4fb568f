/**
 * struct rw_semaphore (kernel/locking/rwsem.c): readers share, a writer excludes, a waiting writer blocks new readers.
 * down_write is two steps, arrive (it now waits, and blocks readers) and pass. Slots: writer's task number plus one,
 * mask of readers, mask of waiting writers.
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

const READERS = 1;
const WAITING = 2;

export function readable(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  const slot = m.place(task, row + Row.arg);
  return (m.state[slot] as number) === 0 && (m.state[slot + WAITING] as number) === 0;
}

export function down_read(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.edges.acquire(m, task, m.tables.classOfSlot[slot] as number);
  m.set(slot + READERS, (m.state[slot + READERS] as number) | (1 << task));
  return m.code[row + Row.next] as number;
}

export function up_read(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if (((m.state[slot + READERS] as number) & (1 << task)) === 0) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot + READERS, (m.state[slot + READERS] as number) & ~(1 << task));
  return m.code[row + Row.next] as number;
}

/** Arrive: from here on no new reader passes. */
export function down_write(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot + WAITING, (m.state[slot + WAITING] as number) | (1 << task));
  return m.code[row + Row.next] as number;
}

export function writable(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  const slot = m.place(task, row + Row.arg);
  return (m.state[slot] as number) === 0 && (m.state[slot + READERS] as number) === 0;
}

export function down_write_wait(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.edges.acquire(m, task, m.tables.classOfSlot[slot] as number);
  m.set(slot, task + 1);
  m.set(slot + WAITING, (m.state[slot + WAITING] as number) & ~(1 << task));
  return m.code[row + Row.next] as number;
}

export function up_write(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot] as number) !== task + 1) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot, 0);
  return m.code[row + Row.next] as number;
}

/** Mask of the tasks a blocked reader waits for: the writer, and writers that came before it. */
export function blockingReader(m: Machine, task: number, row: number): number {
  if (m.dangling(task, row + Row.arg)) return 0;
  const slot = m.place(task, row + Row.arg);
  return ownerMask(m.state[slot] as number) | (m.state[slot + WAITING] as number);
}

/** Mask of the tasks a waiting writer waits for. */
export function blockingWriter(m: Machine, task: number, row: number): number {
  if (m.dangling(task, row + Row.arg)) return 0;
  const slot = m.place(task, row + Row.arg);
  return ownerMask(m.state[slot] as number) | (m.state[slot + READERS] as number);
}

const ownerMask = (owner: number): number => (owner === 0 ? 0 : 1 << (owner - 1));
