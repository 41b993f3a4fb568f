/**
 * Names in one sysfs directory (fs/sysfs/dir.c): creating a name that exists is duplicate-name ("cannot create
 * duplicate filename"), removing one that does not is bad-removal ("kernfs: can not remove, no directory").
 */
import { at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { index, registry } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Row } from '../operation/row.js';

const PLAIN = { wait: 'never', lock: 'none', sleeps: false } as const;

function entry(m: Kernel, task: number, row: number): number {
  const directory = m.code[row + Row.arg] as number;
  const decl = at(m.tables.program.registries, directory);
  const name = m.value(task, row + Row.arg + 1);
  if (name < 0 || name >= decl.entries)
    throw new BoundExceeded(`the name in ${decl.name}`, decl.entries - 1);
  return at(m.tables.layout.registries, directory) + name;
}

/** Turns the name from one state to the other, unless it is there already. */
const turn =
  (to: 0 | 1, otherwise: 'duplicate-name' | 'bad-removal') =>
  (m: Kernel, task: number, row: number): number => {
    const slot = entry(m, task, row);
    if ((m.state[slot] as number) === to) {
      m.failure.raise(otherwise, m.pc, m.code[row + Row.arg]);
      return Exit.failed;
    }
    m.set(slot, to);
    return m.code[row + Row.next] as number;
  };

export const operations = {
  sysfs_create: operation({
    ...PLAIN,
    kernel: 'sysfs_create_dir_ns (fs/sysfs/dir.c)',
    says: 'Creates the name; one that exists is a failure.',
    operands: [registry('directory', 'writes'), index('index')],
    raises: ['duplicate-name'],
    step: turn(1, 'duplicate-name'),
  }),
  sysfs_remove: operation({
    ...PLAIN,
    kernel: 'kernfs_remove_by_name_ns (fs/kernfs/dir.c)',
    says: 'Removes the name; one that does not exist is a failure.',
    operands: [registry('directory', 'writes'), index('index')],
    raises: ['bad-removal'],
    step: turn(0, 'bad-removal'),
  }),
};
