/**
 * struct idr (lib/idr.c): a table of pointers by small integer. Its entries keep objects reachable for the leak scan.
 * An index past the table is `bound exceeded`, never an error code.
 */
import type { Machine } from '../machine/machine.js';
import { BoundExceeded } from '../machine/outcome.js';
import { Exit, Row } from '../machine/row.js';

/** Leaves by `alt` if the index is taken. */
export function idr_alloc(m: Machine, task: number, row: number): number {
  const slot = entry(m, row + Row.arg, m.value(task, row + Row.arg + 1));
  if ((m.state[slot] as number) !== 0) return m.code[row + Row.alt] as number;
  m.set(slot, m.pointer(task, row + Row.arg + 3));
  return m.code[row + Row.next] as number;
}

/** Stores NULL where the index is free. */
export function idr_find(m: Machine, task: number, row: number): number {
  const slot = entry(m, row + Row.arg + 1, m.value(task, row + Row.arg + 2));
  m.set((m.localBase[task] as number) + (m.code[row + Row.arg] as number), m.state[slot] as number);
  return m.code[row + Row.next] as number;
}

/** A lookup that takes its reference under the lock of the table: NULL where the index is free or the count zero. */
export function idr_find_get(m: Machine, task: number, row: number): number {
  const object = m.state[entry(m, row + Row.arg + 1, m.value(task, row + Row.arg + 2))] as number;
  const local = (m.localBase[task] as number) + (m.code[row + Row.arg] as number);
  m.set(local, 0);
  if (object !== 0) {
    if (!m.alive(object, row + Row.arg)) return Exit.failed;
    const count = (m.tables.fields[object] as number) + (m.code[row + Row.arg + 4] as number);
    if ((m.state[count] as number) > 0) {
      m.count(count, (m.state[count] as number) + 1);
      m.set(local, object);
    }
  }
  return m.code[row + Row.next] as number;
}

export function idr_remove(m: Machine, task: number, row: number): number {
  m.set(entry(m, row + Row.arg, m.value(task, row + Row.arg + 1)), 0);
  return m.code[row + Row.next] as number;
}

/** Forgets all entries; the objects stay. */
export function idr_destroy(m: Machine, row: number): number {
  const table = m.code[row + Row.arg] as number;
  const first = m.tables.layout.tables[table] ?? 0;
  const entries = m.tables.program.tables[table]?.entries ?? 0;
  for (let i = 0; i < entries; i++) m.set(first + i, 0);
  return m.code[row + Row.next] as number;
}

function entry(m: Machine, row: number, index: number): number {
  const table = m.code[row] as number;
  const decl = m.tables.program.tables[table];
  if (decl === undefined || index >= decl.entries)
    throw new BoundExceeded(`the index into ${decl?.name ?? '?'}`, (decl?.entries ?? 0) - 1);
  return (m.tables.layout.tables[table] ?? 0) + index;
}
