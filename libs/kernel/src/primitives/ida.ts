/**
 * struct ida (lib/idr.c): small numbers that are given out once until they are freed, lowest first: the number in a device's name
 * or of its node. None left is bound exceeded, as an ida has no end. Freeing a number that is not out is a warning.
 */
import { at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { dst, index, registry } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Row } from '../operation/row.js';

const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;

/** @param row where the ida's number stands */
function numbers(m: Kernel, row: number) {
  const which = m.code[row] as number;
  const { entries, name } = at(m.tables.program.registries, which);
  return { first: at(m.tables.layout.registries, which), entries, name };
}

export const operations = {
  ida_alloc: operation({
    ...PLAIN,
    kernel: 'ida_alloc (lib/idr.c)',
    says: 'Gives out the lowest number that is free.',
    operands: [
      dst('id', {
        most: ({ program }, { args }) => at(program.registries, at(args, 1)).entries - 1,
      }),
      registry('ida', 'writes'),
    ],
    step: (m, task, row) => {
      const { first, entries, name } = numbers(m, row + Row.arg + 1);
      let id = 0;
      while (id < entries && (m.state[first + id] as number) !== 0) id++;
      if (id === entries) throw new BoundExceeded(`the numbers of ${name}`, entries);
      m.set(first + id, 1);
      m.set(m.local(task, row + Row.arg), id);
      return m.code[row + Row.next] as number;
    },
  }),
  ida_free: operation({
    ...PLAIN,
    kernel: 'ida_free (lib/idr.c)',
    says: 'Takes a number back; a warning if it is not out.',
    operands: [registry('ida', 'writes'), index('id')],
    step: (m, task, row) => {
      const { first, entries, name } = numbers(m, row + Row.arg);
      const id = m.value(task, row + Row.arg + 1);
      if (id < 0 || id >= entries) throw new BoundExceeded(`the id of ${name}`, entries - 1);
      if ((m.state[first + id] as number) === 0) m.edges.warn(m.pc, `${name} has no such id`);
      m.set(first + id, 0);
      return m.code[row + Row.next] as number;
    },
  }),
};
