/**
 * Memory: typed objects in pools, allocated lowest slot first and zeroed (mm/slub.c kzalloc, kfree), and loads and
 * stores through pointers that may be stale. Detectors, as KASAN's: use-after-free, double-free, null-deref, and
 * held-lock-freed (lib/debug_locks). A dead object keeps only who freed it, until the last pointer to it is gone.
 * Where the program reuses memory at once (`reuse: zeroed`) a dead struct can still be accessed and holds zeros.
 */
import type { Machine } from '../machine/machine.js';
import { BoundExceeded, FAILED } from '../machine/outcome.js';
import { ALT, ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export function load(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG + 1);
  if (slot === FAILED) return FAILED;
  m.state[cell(m.localBase, task) + cell(m.code, row + ARG)] = cell(m.state, slot);
  return cell(m.code, row + NEXT);
}

export function store(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.count(slot, m.value(task, row + ARG + 2));
  return cell(m.code, row + NEXT);
}

export function test_bit(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  return cell(m.code, row + (cell(m.state, slot) !== 0 ? NEXT : ALT));
}

/** Leaves by `next` if the bit was set before. */
export function test_and_set_bit(m: Machine, task: number, row: number): number {
  return exchange(m, task, row, 1);
}

/** Leaves by `next` if the bit was set before. */
export function test_and_clear_bit(m: Machine, task: number, row: number): number {
  return exchange(m, task, row, 0);
}

function exchange(m: Machine, task: number, row: number, value: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  const before = cell(m.state, slot);
  m.state[slot] = value;
  return cell(m.code, row + (before !== 0 ? NEXT : ALT));
}

/** An injected fault, where one is armed, gives NULL. */
export function kzalloc(m: Machine, task: number, row: number, fault: boolean): number {
  const local = cell(m.localBase, task) + cell(m.code, row + ARG);
  const next = cell(m.code, row + NEXT);
  if (fault) {
    m.state[local] = 0;
    return next;
  }
  const { tables } = m;
  const type = cell(m.code, row + ARG + 1);
  for (let object = 1; object < tables.life.length; object++) {
    if (cell(tables.typeOf, object) !== type) continue;
    const life = cell(tables.life, object);
    if (cell(m.state, life) !== 0) continue;
    const allocators = tables.allocFns[type] ?? [];
    m.state[life] = allocators.indexOf(cell(tables.fn, m.pc)) + 1;
    const fields = cell(tables.fields, object);
    const initial = tables.fieldInit[type];
    initial?.forEach((value, offset) => (m.state[fields + offset] = value));
    m.state[local] = object;
    return next;
  }
  const decl = tables.program.types[type];
  throw new BoundExceeded(`the pool of ${decl?.name ?? '?'}`, decl?.count ?? 0);
}

/** Freeing NULL does nothing. */
export function kfree(m: Machine, task: number, row: number): number {
  const object = m.pointer(task, row + ARG);
  return object === 0 || release(m, object) ? cell(m.code, row + NEXT) : FAILED;
}

/** Ends an object's life, remembering the freeing function. @returns false if a detector fired */
export function release(m: Machine, object: number): boolean {
  const { tables, state } = m;
  const life = cell(tables.life, object);
  const type = cell(tables.typeOf, object);
  if (cell(state, life) > cell(tables.liveMax, object)) {
    m.failure.object('double-free', m.pc, object, cell(state, life));
    return false;
  }
  const freed =
    cell(tables.liveMax, object) + (tables.freeFns[type] ?? []).indexOf(cell(tables.fn, m.pc)) + 1;
  const first = cell(tables.fields, object);
  const last = first + cell(tables.fieldCount, object);
  for (let slot = first; slot < last; slot++) {
    if (cell(tables.classOfSlot, slot) >= 0 && cell(state, slot) !== 0) {
      m.failure.object('held-lock-freed', m.pc, object, freed);
      return false;
    }
  }
  for (let slot = first; slot < last; slot++) state[slot] = 0;
  state[life] = freed;
  m.bury(object);
  return true;
}
