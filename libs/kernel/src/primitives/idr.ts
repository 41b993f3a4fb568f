/**
 * struct idr (lib/idr.c): a table of pointers by small integer. Its entries keep objects reachable for the leak scan.
 * An index past the table is `bound exceeded`, never an error code.
 */
import { count, dst, index, object, table } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { entry, find, forgetAll } from './support/table.js';

const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;

export const operations = {
  idr_alloc: operation({
    ...PLAIN,
    kernel: 'idr_alloc (lib/idr.c)',
    says: 'Enters a pointer at the index; holds if the index was free.',
    operands: [table('idr', 'writes'), index('index'), object('object', 'keeps', { into: 0 })],
    branches: true,
    step: (m, task, row) => {
      const slot = entry(m, row + Row.arg, m.value(task, row + Row.arg + 1));
      if ((m.state[slot] as number) !== 0) return m.code[row + Row.alt] as number;
      m.set(slot, m.pointer(task, row + Row.arg + 3));
      return m.code[row + Row.next] as number;
    },
  }),
  idr_find: operation({
    ...PLAIN,
    kernel: 'idr_find (lib/idr.c)',
    says: 'The pointer at the index, NULL where it is free.',
    operands: [dst('to', { like: 1 }), table('idr', 'reads'), index('index')],
    step: find,
  }),
  idr_find_get: operation({
    ...PLAIN,
    kernel: 'idr_find and refcount_inc_not_zero under the lock of the table',
    says: 'The object at the index with a reference; NULL where the index is free or the count zero.',
    operands: [
      dst('to', { like: 1 }),
      table('idr', 'reads'),
      index('index'),
      count('count', 'joins'),
    ],
    step: (m, task, row) => {
      const slot = entry(m, row + Row.arg + 1, m.value(task, row + Row.arg + 2));
      const found = m.state[slot] as number;
      const local = m.local(task, row + Row.arg);
      m.set(local, 0);
      if (found !== 0) {
        if (!m.alive(found, row + Row.arg)) return Exit.failed;
        const counter = (m.tables.fields[found] as number) + (m.code[row + Row.arg + 4] as number);
        if ((m.state[counter] as number) > 0) {
          m.count(counter, (m.state[counter] as number) + 1);
          m.set(local, found);
        }
      }
      return m.code[row + Row.next] as number;
    },
  }),
  idr_remove: operation({
    ...PLAIN,
    kernel: 'idr_remove (lib/idr.c)',
    says: 'Empties the index.',
    operands: [table('idr', 'writes'), index('index')],
    step: (m, task, row) => {
      m.set(entry(m, row + Row.arg, m.value(task, row + Row.arg + 1)), 0);
      return m.code[row + Row.next] as number;
    },
  }),
  idr_destroy: operation({
    ...PLAIN,
    kernel: 'idr_destroy (lib/idr.c)',
    says: 'Forgets all entries; the objects stay.',
    operands: [table('idr', 'writes')],
    step: forgetAll,
  }),
};
