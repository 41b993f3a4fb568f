/**
 * Names in one sysfs directory (fs/sysfs/dir.c): creating a name that exists is duplicate-name ("cannot create
 * duplicate filename"), removing one that does not is bad-removal ("kernfs: can not remove, no directory").
 */
import type { Machine } from '../machine/machine.js';
import { BoundExceeded, FAILED } from '../machine/outcome.js';
import { ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export function sysfs_create(m: Machine, task: number, row: number): number {
  const slot = entry(m, task, row);
  if (cell(m.state, slot) !== 0) {
    m.failure.raise('duplicate-name', m.pc, cell(m.code, row + ARG));
    return FAILED;
  }
  m.state[slot] = 1;
  return cell(m.code, row + NEXT);
}

export function sysfs_remove(m: Machine, task: number, row: number): number {
  const slot = entry(m, task, row);
  if (cell(m.state, slot) === 0) {
    m.failure.raise('bad-removal', m.pc, cell(m.code, row + ARG));
    return FAILED;
  }
  m.state[slot] = 0;
  return cell(m.code, row + NEXT);
}

function entry(m: Machine, task: number, row: number): number {
  const registry = cell(m.code, row + ARG);
  const decl = m.tables.program.registries[registry];
  const index = m.value(task, row + ARG + 1);
  if (decl === undefined || index >= decl.entries)
    throw new BoundExceeded(`the name in ${decl?.name ?? '?'}`, (decl?.entries ?? 0) - 1);
  return (m.tables.layout.registries[registry] ?? 0) + index;
}
