/**
 * Module references and text (kernel/module): try_module_get fails unless the module is live; rmmod turns it to
 * going only at count zero; after module_free its text is unmapped, and running any of it is a module-text-fault
 * (checked in Machine.step before the operation, and when a worker takes an item).
 */
import { at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { kernelModule } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';

const LIVE = 0;
const GOING = 1;
const GONE = 2;

/** Largest value of the slot that holds a module's state. */
export const MODULE_STATE_MAX = GONE;

/** Offset of the slot behind the count. */
const STATE = 1;

const PLAIN = { wait: 'never', lock: 'none', sleeps: false } as const;

const slotOf = (m: Kernel, row: number): number =>
  at(m.tables.layout.modules, m.code[row + Row.arg] as number);

export const isGone = (m: Kernel, module: number): boolean =>
  m.state[at(m.tables.layout.modules, module) + STATE] === GONE;

/** Whether the operation at `pc` lies in the text of a module that is gone; if so the run has failed. */
export function textGone(m: Kernel, pc: number): boolean {
  for (let rest = m.tables.moduleText[pc] as number; rest !== 0; rest &= rest - 1) {
    const module = 31 - Math.clz32(rest & -rest);
    if (!isGone(m, module)) continue;
    m.failure.moduleText(pc, module);
    return true;
  }
  return false;
}

export const operations = {
  try_module_get: operation({
    ...PLAIN,
    kernel: 'try_module_get (kernel/module/main.c)',
    says: 'Takes a reference; holds while the module is live.',
    operands: [kernelModule('joins', 'reads')],
    branches: true,
    raises: [],
    step: (m, _task, row) => {
      const slot = slotOf(m, row);
      if ((m.state[slot + STATE] as number) !== LIVE) return m.code[row + Row.alt] as number;
      m.count(slot, (m.state[slot] as number) + 1);
      return m.code[row + Row.next] as number;
    },
  }),
  module_put: operation({
    ...PLAIN,
    kernel: 'module_put (kernel/module/main.c)',
    says: 'Gives a reference back.',
    operands: [kernelModule('writes', 'reads')],
    raises: ['refcount-underflow'],
    step: (m, _task, row) => {
      const slot = slotOf(m, row);
      const count = m.state[slot] as number;
      if (count === 0) {
        m.failure.raise('refcount-underflow', m.pc, m.pc);
        return Exit.failed;
      }
      m.set(slot, count - 1);
      return m.code[row + Row.next] as number;
    },
  }),
  module_begin_exit: operation({
    ...PLAIN,
    kernel: 'delete_module (kernel/module/main.c)',
    says: 'Up to the exit function; holds unless the module is in use (-EWOULDBLOCK).',
    operands: [kernelModule('writes', 'writes')],
    branches: true,
    raises: [],
    step: (m, _task, row) => {
      const slot = slotOf(m, row);
      if ((m.state[slot] as number) !== 0 || (m.state[slot + STATE] as number) !== LIVE)
        return m.code[row + Row.alt] as number;
      m.set(slot + STATE, GOING);
      return m.code[row + Row.next] as number;
    },
  }),
  module_free: operation({
    ...PLAIN,
    kernel: 'free_module (kernel/module/main.c)',
    says: "Unmaps the module's text: running any of it is a failure from here on.",
    operands: [kernelModule('nothing', 'unmaps')],
    raises: [],
    step: (m, _task, row) => {
      m.set(slotOf(m, row) + STATE, GONE);
      return m.code[row + Row.next] as number;
    },
  }),
};
