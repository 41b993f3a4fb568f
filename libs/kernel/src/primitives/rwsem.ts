/**
 * struct rw_semaphore (kernel/locking/rwsem.c): readers share, a writer excludes, a waiting writer blocks new readers.
 * down_write is two steps, arrive (it now waits, and blocks readers) and pass. Slots: writer's task number plus one,
 * mask of readers, mask of waiting writers.
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

const READERS = 1;
const WAITING = 2;

export function readable(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + ARG)) return true;
  const slot = m.place(task, row + ARG);
  return cell(m.state, slot) === 0 && cell(m.state, slot + WAITING) === 0;
}

export function down_read(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.edges.acquire(m, task, cell(m.tables.classOfSlot, slot));
  m.state[slot + READERS] = cell(m.state, slot + READERS) | (1 << task);
  return cell(m.code, row + NEXT);
}

export function up_read(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  if ((cell(m.state, slot + READERS) & (1 << task)) === 0) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return FAILED;
  }
  m.state[slot + READERS] = cell(m.state, slot + READERS) & ~(1 << task);
  return cell(m.code, row + NEXT);
}

/** Arrive: from here on no new reader passes. */
export function down_write(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.state[slot + WAITING] = cell(m.state, slot + WAITING) | (1 << task);
  return cell(m.code, row + NEXT);
}

export function writable(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + ARG)) return true;
  const slot = m.place(task, row + ARG);
  return cell(m.state, slot) === 0 && cell(m.state, slot + READERS) === 0;
}

export function down_write_wait(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.edges.acquire(m, task, cell(m.tables.classOfSlot, slot));
  m.state[slot] = task + 1;
  m.state[slot + WAITING] = cell(m.state, slot + WAITING) & ~(1 << task);
  return cell(m.code, row + NEXT);
}

export function up_write(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  if (cell(m.state, slot) !== task + 1) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return FAILED;
  }
  m.state[slot] = 0;
  return cell(m.code, row + NEXT);
}

/** Mask of the tasks a blocked reader waits for: the writer, and writers that came before it. */
export function blockingReader(m: Machine, task: number, row: number): number {
  if (m.dangling(task, row + ARG)) return 0;
  const slot = m.place(task, row + ARG);
  return ownerMask(cell(m.state, slot)) | cell(m.state, slot + WAITING);
}

/** Mask of the tasks a waiting writer waits for. */
export function blockingWriter(m: Machine, task: number, row: number): number {
  if (m.dangling(task, row + ARG)) return 0;
  const slot = m.place(task, row + ARG);
  return ownerMask(cell(m.state, slot)) | cell(m.state, slot + READERS);
}

const ownerMask = (owner: number): number => (owner === 0 ? 0 : 1 << (owner - 1));
