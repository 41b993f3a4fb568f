/**
 * refcount_t (lib/refcount.c, include/linux/refcount.h). Detectors: refcount-inc-from-zero ("addition on 0"),
 * refcount-underflow ("underflow; use-after-free"). refcount_dec_and_mutex_lock is built from dec_not_one, mutex_lock,
 * dec_and_test and mutex_unlock by the authoring library, as in the kernel.
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ALT, ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export function refcount_set(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.count(slot, m.value(task, row + ARG + 2));
  return cell(m.code, row + NEXT);
}

export function refcount_inc(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  const count = cell(m.state, slot);
  if (count === 0) {
    m.failure.raise('refcount-inc-from-zero', m.pc, m.pc);
    return FAILED;
  }
  m.count(slot, count + 1);
  return cell(m.code, row + NEXT);
}

export function refcount_inc_not_zero(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  const count = cell(m.state, slot);
  if (count === 0) return cell(m.code, row + ALT);
  m.count(slot, count + 1);
  return cell(m.code, row + NEXT);
}

/** Leaves by `next` if it decremented, by `alt` if the count was one. */
export function refcount_dec_not_one(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  const count = cell(m.state, slot);
  if (count === 1) return cell(m.code, row + ALT);
  return decrement(m, slot, count) ? cell(m.code, row + NEXT) : FAILED;
}

/** Leaves by `next` if this was the last reference. */
export function refcount_dec_and_test(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  const count = cell(m.state, slot);
  if (!decrement(m, slot, count)) return FAILED;
  return cell(m.code, row + (count === 1 ? NEXT : ALT));
}

function decrement(m: Machine, slot: number, count: number): boolean {
  if (count === 0) {
    m.failure.raise('refcount-underflow', m.pc, m.pc);
    return false;
  }
  m.state[slot] = count - 1;
  return true;
}
