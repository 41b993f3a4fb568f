/**
 * Managed resources of a device (drivers/base/devres.c): a stack of actions, by number, that the library gives a meaning. They
 * are released last in first out, at unbind or when probe fails. Each call is what the kernel does under devres_lock,
 * so one step. Past the depth below: bound exceeded. Slots: one per place in the stack, 0 where none is.
 */
import { fieldKind } from '../operation/field-kind.js';
import { dst, place, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Row } from '../operation/row.js';

/** Resources that one device may have at once. */
const DEEPEST = 4;

const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
const FILE = '(drivers/base/devres.c)';

export const kinds = {
  devres: fieldKind('struct list_head devres_head', {
    range: 'unsigned',
    slots: ({ max = 1 }) =>
      Array.from({ length: DEEPEST }, (_, i) => ({ suffix: i === 0 ? '' : `.${i}`, max })),
  }),
};

export const operations = {
  devres_add: operation({
    ...PLAIN,
    kernel: `devres_add ${FILE}`,
    says: 'Registers an action, from 1 on, to be released before those registered earlier.',
    operands: [place('devres', ['devres'], 'writes'), value('action', { into: 0 })],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      let depth = 0;
      while (depth < DEEPEST && (m.state[slot + depth] as number) !== 0) depth++;
      if (depth === DEEPEST) {
        const name = m.tables.layout.slots[slot]?.name ?? '';
        throw new BoundExceeded(`the resources in ${name}`, DEEPEST);
      }
      m.set(slot + depth, m.value(task, row + Row.arg + 2));
      return m.code[row + Row.next] as number;
    },
  }),
  devres_release_last: operation({
    ...PLAIN,
    kernel: `release_nodes ${FILE}`,
    says: 'Takes out the action registered last; 0 where there is none.',
    operands: [dst('action', { like: 1 }), place('devres', ['devres'], 'writes')],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg + 1);
      if (slot === Exit.failed) return Exit.failed;
      let depth = DEEPEST - 1;
      while (depth > 0 && (m.state[slot + depth] as number) === 0) depth--;
      m.set(m.local(task, row + Row.arg), m.state[slot + depth] as number);
      m.set(slot + depth, 0);
      return m.code[row + Row.next] as number;
    },
  }),
};
