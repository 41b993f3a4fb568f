/**
 * refcount_t (lib/refcount.c, include/linux/refcount.h). Detectors: refcount-inc-from-zero ("addition on 0"),
 * refcount-underflow ("underflow; use-after-free"). refcount_dec_and_mutex_lock is built from dec_not_one, mutex_lock,
 * dec_and_test and mutex_unlock by the authoring library, as in the kernel.
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

export function refcount_set(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.count(slot, m.value(task, row + Row.arg + 2));
  return m.code[row + Row.next] as number;
}

export function refcount_inc(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const count = m.state[slot] as number;
  if (count === 0) {
    m.failure.raise('refcount-inc-from-zero', m.pc, m.pc);
    return Exit.failed;
  }
  m.count(slot, count + 1);
  return m.code[row + Row.next] as number;
}

export function refcount_inc_not_zero(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const count = m.state[slot] as number;
  if (count === 0) return m.code[row + Row.alt] as number;
  m.count(slot, count + 1);
  return m.code[row + Row.next] as number;
}

/** Leaves by `next` if it decremented, by `alt` if the count was one. */
export function refcount_dec_not_one(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const count = m.state[slot] as number;
  if (count === 1) return m.code[row + Row.alt] as number;
  return decrement(m, slot, count) ? (m.code[row + Row.next] as number) : Exit.failed;
}

/** Leaves by `next` if this was the last reference. */
export function refcount_dec_and_test(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const count = m.state[slot] as number;
  if (!decrement(m, slot, count)) return Exit.failed;
  return m.code[row + (count === 1 ? Row.next : Row.alt)] as number;
}

function decrement(m: Machine, slot: number, count: number): boolean {
  if (count === 0) {
    m.failure.raise('refcount-underflow', m.pc, m.pc);
    return false;
  }
  m.set(slot, count - 1);
  return true;
}
