/**
 * Memory: typed objects in pools, allocated lowest slot first and zeroed (mm/slub.c kzalloc, kfree), and loads and
 * stores through pointers that may be stale. Detectors, as KASAN's: use-after-free, double-free, null-deref, and
 * held-lock-freed (lib/debug_locks). A dead object keeps only who freed it, until the last pointer to it is gone.
 * Where the program reuses memory at once (`reuse: zeroed`) a dead struct can still be accessed and holds zeros.
 */
import type { Machine } from '../machine/machine.js';
import { BoundExceeded } from '../machine/outcome.js';
import { Exit, Row } from '../machine/row.js';

export function load(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg + 1);
  if (slot === Exit.failed) return Exit.failed;
  m.set((m.localBase[task] as number) + (m.code[row + Row.arg] as number), m.state[slot] as number);
  return m.code[row + Row.next] as number;
}

export function store(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.count(slot, m.value(task, row + Row.arg + 2));
  return m.code[row + Row.next] as number;
}

export function test_bit(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  return m.code[row + ((m.state[slot] as number) !== 0 ? Row.next : Row.alt)] as number;
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
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const before = m.state[slot] as number;
  m.set(slot, value);
  return m.code[row + (before !== 0 ? Row.next : Row.alt)] as number;
}

/** An injected fault, where one is armed, gives NULL. */
export function kzalloc(m: Machine, task: number, row: number, fault: boolean): number {
  const local = (m.localBase[task] as number) + (m.code[row + Row.arg] as number);
  const next = m.code[row + Row.next] as number;
  if (fault) {
    m.set(local, 0);
    return next;
  }
  const { tables } = m;
  const type = m.code[row + Row.arg + 1] as number;
  for (let object = 1; object < tables.life.length; object++) {
    if ((tables.typeOf[object] as number) !== type) continue;
    const life = tables.life[object] as number;
    if ((m.state[life] as number) !== 0) continue;
    const allocators = tables.allocFns[type] ?? [];
    m.set(life, allocators.indexOf(tables.fn[m.pc] as number) + 1);
    const fields = tables.fields[object] as number;
    const initial = tables.fieldInit[type];
    initial?.forEach((value, offset) => {
      m.set(fields + offset, value);
    });
    m.set(local, object);
    return next;
  }
  const decl = tables.program.types[type];
  throw new BoundExceeded(`the pool of ${decl?.name ?? '?'}`, decl?.count ?? 0);
}

/** Freeing NULL does nothing. */
export function kfree(m: Machine, task: number, row: number): number {
  const object = m.pointer(task, row + Row.arg);
  return object === 0 || release(m, object) ? (m.code[row + Row.next] as number) : Exit.failed;
}

/** Ends an object's life, remembering the freeing function. @returns false if a detector fired */
export function release(m: Machine, object: number): boolean {
  const { tables, state } = m;
  const life = tables.life[object] as number;
  const type = tables.typeOf[object] as number;
  if ((state[life] as number) > (tables.liveMax[object] as number)) {
    m.failure.object('double-free', m.pc, object, state[life] as number);
    return false;
  }
  const freed =
    (tables.liveMax[object] as number) +
    (tables.freeFns[type] ?? []).indexOf(tables.fn[m.pc] as number) +
    1;
  const first = tables.fields[object] as number;
  const last = first + (tables.fieldCount[object] as number);
  for (let slot = first; slot < last; slot++) {
    if ((tables.classOfSlot[slot] as number) >= 0 && (state[slot] as number) !== 0) {
      m.failure.object('held-lock-freed', m.pc, object, freed);
      return false;
    }
  }
  for (let slot = first; slot < last; slot++) m.set(slot, 0);
  m.set(life, freed);
  m.bury(object);
  return true;
}
