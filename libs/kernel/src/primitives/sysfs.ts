/**
 * Names in one sysfs directory (fs/sysfs/dir.c): creating a name that exists is duplicate-name ("cannot create
 * duplicate filename"), removing one that does not is bad-removal ("kernfs: can not remove, no directory").
 */
import type { Machine } from '../machine/machine.js';
import { BoundExceeded } from '../machine/outcome.js';
import { Exit, Row } from '../machine/row.js';

export function sysfs_create(m: Machine, task: number, row: number): number {
  const slot = entry(m, task, row);
  if ((m.state[slot] as number) !== 0) {
    m.failure.raise('duplicate-name', m.pc, m.code[row + Row.arg]);
    return Exit.failed;
  }
  m.set(slot, 1);
  return m.code[row + Row.next] as number;
}

export function sysfs_remove(m: Machine, task: number, row: number): number {
  const slot = entry(m, task, row);
  if ((m.state[slot] as number) === 0) {
    m.failure.raise('bad-removal', m.pc, m.code[row + Row.arg]);
    return Exit.failed;
  }
  m.set(slot, 0);
  return m.code[row + Row.next] as number;
}

function entry(m: Machine, task: number, row: number): number {
  const registry = m.code[row + Row.arg] as number;
  const decl = m.tables.program.registries[registry];
  const index = m.value(task, row + Row.arg + 1);
  if (decl === undefined || index >= decl.entries)
    throw new BoundExceeded(`the name in ${decl?.name ?? '?'}`, (decl?.entries ?? 0) - 1);
  return (m.tables.layout.registries[registry] ?? 0) + index;
}
