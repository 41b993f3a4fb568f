/**
 * struct idr (lib/idr.c): a table of pointers by small integer. Its entries keep objects reachable for the leak scan.
 * An index past the table is `bound exceeded`, never an error code.
 */
import type { Machine } from '../machine/machine.js';
import { BoundExceeded, FAILED } from '../machine/outcome.js';
import { ALT, ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

/** Leaves by `alt` if the index is taken. */
export function idr_alloc(m: Machine, task: number, row: number): number {
  const slot = entry(m, row + ARG, m.value(task, row + ARG + 1));
  if (cell(m.state, slot) !== 0) return cell(m.code, row + ALT);
  m.state[slot] = m.pointer(task, row + ARG + 3);
  return cell(m.code, row + NEXT);
}

/** Stores NULL where the index is free. */
export function idr_find(m: Machine, task: number, row: number): number {
  const slot = entry(m, row + ARG + 1, m.value(task, row + ARG + 2));
  m.state[cell(m.localBase, task) + cell(m.code, row + ARG)] = cell(m.state, slot);
  return cell(m.code, row + NEXT);
}

/** A lookup that takes its reference under the lock of the table: NULL where the index is free or the count zero. */
export function idr_find_get(m: Machine, task: number, row: number): number {
  const object = cell(m.state, entry(m, row + ARG + 1, m.value(task, row + ARG + 2)));
  const local = cell(m.localBase, task) + cell(m.code, row + ARG);
  m.state[local] = 0;
  if (object !== 0) {
    if (!m.alive(object, row + ARG)) return FAILED;
    const count = cell(m.tables.fields, object) + cell(m.code, row + ARG + 4);
    if (cell(m.state, count) > 0) {
      m.count(count, cell(m.state, count) + 1);
      m.state[local] = object;
    }
  }
  return cell(m.code, row + NEXT);
}

export function idr_remove(m: Machine, task: number, row: number): number {
  m.state[entry(m, row + ARG, m.value(task, row + ARG + 1))] = 0;
  return cell(m.code, row + NEXT);
}

/** Forgets all entries; the objects stay. */
export function idr_destroy(m: Machine, row: number): number {
  const table = cell(m.code, row + ARG);
  const first = m.tables.layout.tables[table] ?? 0;
  const entries = m.tables.program.tables[table]?.entries ?? 0;
  for (let i = 0; i < entries; i++) m.state[first + i] = 0;
  return cell(m.code, row + NEXT);
}

function entry(m: Machine, row: number, index: number): number {
  const table = cell(m.code, row);
  const decl = m.tables.program.tables[table];
  if (decl === undefined || index >= decl.entries)
    throw new BoundExceeded(`the index into ${decl?.name ?? '?'}`, (decl?.entries ?? 0) - 1);
  return (m.tables.layout.tables[table] ?? 0) + index;
}
