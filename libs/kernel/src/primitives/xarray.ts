/**
 * struct xarray (lib/xarray.c): pointers by index; its entries keep objects reachable for the leak scan. Each call is what the
 * kernel does under xa_lock, or a look under RCU: one step. A walk keeps no pointer between two looks but finds again
 * from the index on, so that erasing in its body is safe: xa_for_each of the authoring language. The entries declared are
 * the limit of xa_alloc (-EBUSY); an index past them given by the caller is bound exceeded.
 */
import { at } from '../assert.js';
import { dst, index, object, table, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Row } from '../operation/row.js';
import { entry, find, forgetAll, tableAt, take } from './support/table.js';

const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
const FILE = '(lib/xarray.c)';

export const operations = {
  xa_alloc: operation({
    ...PLAIN,
    kernel: `xa_alloc ${FILE}`,
    says: 'Enters a pointer at the lowest free index; holds unless there is none (-EBUSY).',
    operands: [
      table('xa', 'writes'),
      dst('id', { most: ({ program }, { args }) => at(program.tables, at(args, 0)).entries - 1 }),
      object('entry', 'keeps', { into: 0 }),
    ],
    branches: true,
    step: (m, task, row) => {
      const { first, n } = tableAt(m, row + Row.arg);
      let id = 0;
      while (id < n && (m.state[first + id] as number) !== 0) id++;
      m.set(m.local(task, row + Row.arg + 1), id < n ? id : 0);
      if (id === n) return m.code[row + Row.alt] as number;
      m.set(first + id, m.pointer(task, row + Row.arg + 2));
      return m.code[row + Row.next] as number;
    },
  }),
  xa_store: operation({
    ...PLAIN,
    kernel: `xa_store ${FILE}`,
    says: 'Enters a pointer at the index, and gives the one that was there.',
    operands: [
      dst('old', { like: 1 }),
      table('xa', 'writes'),
      index('index'),
      object('entry', 'keeps', { into: 1 }),
    ],
    step: (m, task, row) => {
      const slot = entry(m, row + Row.arg + 1, m.value(task, row + Row.arg + 2));
      const old = m.state[slot] as number;
      m.set(slot, m.pointer(task, row + Row.arg + 4));
      m.set(m.local(task, row + Row.arg), old);
      return m.code[row + Row.next] as number;
    },
  }),
  xa_load: operation({
    ...PLAIN,
    kernel: `xa_load ${FILE}`,
    says: 'The pointer at the index, NULL where it is free.',
    operands: [dst('entry', { like: 1 }), table('xa', 'reads'), index('index')],
    step: find,
  }),
  xa_erase: operation({
    ...PLAIN,
    kernel: `xa_erase ${FILE}`,
    says: 'Empties the index, and gives the pointer that was there.',
    operands: [dst('old', { like: 1 }), table('xa', 'writes'), index('index')],
    step: take,
  }),
  xa_find: operation({
    ...PLAIN,
    kernel: `xa_find ${FILE}`,
    says: 'The pointer at the lowest index from this one on, and that index; NULL where there is none.',
    operands: [
      dst('entry', { like: 1 }),
      table('xa', 'reads'),
      dst('index', {
        most: ({ program }, { args }) => at(program.tables, at(args, 1)).entries - 1,
      }),
      value('from', 'nothing'),
    ],
    step: (m, task, row) => {
      const { first, n } = tableAt(m, row + Row.arg + 1);
      let found = Math.max(m.value(task, row + Row.arg + 3), 0);
      while (found < n && (m.state[first + found] as number) === 0) found++;
      m.set(m.local(task, row + Row.arg + 2), found < n ? found : 0);
      m.set(m.local(task, row + Row.arg), found < n ? (m.state[first + found] as number) : 0);
      return m.code[row + Row.next] as number;
    },
  }),
  xa_destroy: operation({
    ...PLAIN,
    kernel: `xa_destroy ${FILE}`,
    says: 'Forgets all entries; the objects stay.',
    operands: [table('xa', 'writes')],
    step: forgetAll,
  }),
};
