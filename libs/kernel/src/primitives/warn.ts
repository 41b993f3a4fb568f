/**
 * Named checks that end the run: `invariant` fails when its value is zero, `check` when its comparison does not hold of a
 * field as it is now, in one step; `busy_pool` always (mm/dmapool.c prints "dma_pool_destroy mlx5_cmd, ... busy" for a
 * page in use).
 */
import { check, comparison, place, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { holds } from './control.js';

const PLAIN = { wait: 'never', lock: 'none', sleeps: false } as const;

export const operations = {
  invariant: operation({
    ...PLAIN,
    kernel: 'WARN_ON',
    says: 'Fails the run if the value is zero.',
    operands: [check(), value('value', 'nothing')],
    raises: ['invariant'],
    step: (m, task, row) => {
      if (m.value(task, row + Row.arg + 1) !== 0) return m.code[row + Row.next] as number;
      m.failure.raise('invariant', m.pc, m.code[row + Row.arg]);
      return Exit.failed;
    },
  }),
  check: operation({
    ...PLAIN,
    kernel: 'WARN_ON',
    says: 'Fails the run unless the field compares so with the value, in one step.',
    operands: [
      check(),
      place('field', ['int', 'ptr', 'refcount', 'atomic'], 'reads'),
      comparison(),
      value('value', { with: 1 }),
    ],
    raises: ['invariant'],
    text: ([name = '', field = '', comparing = '', right = '']) =>
      `check(${name}, ${field} ${comparing} ${right})`,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg + 1);
      if (slot === Exit.failed) return Exit.failed;
      const comparing = m.code[row + Row.arg + 3] as number;
      if (holds(comparing, m.state[slot] as number, m.value(task, row + Row.arg + 4)))
        return m.code[row + Row.next] as number;
      m.failure.raise('invariant', m.pc, m.code[row + Row.arg]);
      return Exit.failed;
    },
  }),
  busy_pool: operation({
    ...PLAIN,
    kernel: 'dma_pool_destroy (mm/dmapool.c)',
    says: 'Fails the run: a pool is destroyed with pages in use.',
    operands: [check()],
    raises: ['busy-pool'],
    step: (m, _task, row) => {
      m.failure.raise('busy-pool', m.pc, m.code[row + Row.arg]);
      return Exit.failed;
    },
  }),
};
