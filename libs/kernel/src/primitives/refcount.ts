/**
 * refcount_t (lib/refcount.c, include/linux/refcount.h). Detectors: refcount-inc-from-zero ("addition on 0"),
 * refcount-underflow ("underflow; use-after-free"), refcount-saturated ("decrement hit 0; leaking memory" of refcount_dec, and
 * "saturated; leaking memory" of a count that goes past a maximum which stands for the kernel's: `saturates`; past any other
 * maximum the model is wrong: bound exceeded). Each ends the run, so that a saturated counter is never looked at.
 * refcount_dec_and_mutex_lock is built from dec_not_one, mutex_lock, dec_and_test and mutex_unlock by the authoring library,
 * as in the kernel.
 */
import { at } from '../assert.js';
import { fieldKind, saturable } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { place, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';

const COUNTER = { wait: 'never', lock: 'none', sleeps: false } as const;

export const kinds = {
  refcount: fieldKind('refcount_t', {
    range: 'unsigned',
    slots: saturable,
    counts: true,
  }),
};

/** @returns false after a detector spoke */
function increase(m: Kernel, slot: number, by: number): boolean {
  const count = m.state[slot] as number;
  if (count === 0) {
    m.failure.raise('refcount-inc-from-zero', m.pc, m.pc);
    return false;
  }
  if (
    count + by > (m.tables.slotMax[slot] as number) &&
    at(m.tables.layout.slots, slot).saturates
  ) {
    m.failure.raise('refcount-saturated', m.pc, m.pc);
    return false;
  }
  m.count(slot, count + by);
  return true;
}

function decrement(m: Kernel, slot: number, count: number, by = 1): boolean {
  if (count < by) {
    m.failure.raise('refcount-underflow', m.pc, m.pc);
    return false;
  }
  m.set(slot, count - by);
  return true;
}

export const operations = {
  refcount_set: operation({
    ...COUNTER,
    kernel: 'refcount_set (include/linux/refcount.h)',
    says: 'Sets the count.',
    operands: [place('count', ['refcount'], 'writes'), value('value', { into: 0 })],
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.count(slot, m.value(task, row + Row.arg + 2));
      return m.code[row + Row.next] as number;
    },
  }),
  refcount_inc: operation({
    ...COUNTER,
    kernel: 'refcount_inc (include/linux/refcount.h)',
    says: 'Takes a reference; from zero it is a failure.',
    operands: [place('count', ['refcount'], 'joins')],
    raises: ['refcount-inc-from-zero', 'refcount-saturated'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed || !increase(m, slot, 1)) return Exit.failed;
      return m.code[row + Row.next] as number;
    },
  }),
  refcount_add: operation({
    ...COUNTER,
    kernel: 'refcount_add (include/linux/refcount.h)',
    says: 'Takes so many references; from zero it is a failure.',
    operands: [place('count', ['refcount'], 'writes'), value('by', 'nothing')],
    raises: ['refcount-inc-from-zero', 'refcount-saturated'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed || !increase(m, slot, m.value(task, row + Row.arg + 2)))
        return Exit.failed;
      return m.code[row + Row.next] as number;
    },
  }),
  refcount_inc_not_zero: operation({
    ...COUNTER,
    kernel: 'refcount_inc_not_zero (include/linux/refcount.h)',
    says: 'Takes a reference unless the count is zero.',
    operands: [place('count', ['refcount'], 'joins')],
    branches: true,
    raises: ['refcount-saturated'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if ((m.state[slot] as number) === 0) return m.code[row + Row.alt] as number;
      return increase(m, slot, 1) ? (m.code[row + Row.next] as number) : Exit.failed;
    },
  }),
  refcount_dec: operation({
    ...COUNTER,
    kernel: 'refcount_dec (include/linux/refcount.h)',
    says: 'Drops a reference that is never the last; if it is, nobody frees the object: a failure.',
    operands: [place('count', ['refcount'], 'writes')],
    raises: ['refcount-underflow', 'refcount-saturated'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const count = m.state[slot] as number;
      if (!decrement(m, slot, count)) return Exit.failed;
      if (count > 1) return m.code[row + Row.next] as number;
      m.failure.raise('refcount-saturated', m.pc, m.pc);
      return Exit.failed;
    },
  }),
  refcount_dec_not_one: operation({
    ...COUNTER,
    kernel: 'refcount_dec_not_one (lib/refcount.c)',
    says: 'Drops a reference unless it is the last.',
    operands: [place('count', ['refcount'], 'writes')],
    branches: true,
    raises: ['refcount-underflow'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const count = m.state[slot] as number;
      if (count === 1) return m.code[row + Row.alt] as number;
      return decrement(m, slot, count) ? (m.code[row + Row.next] as number) : Exit.failed;
    },
  }),
  refcount_dec_and_test: operation({
    ...COUNTER,
    kernel: 'refcount_dec_and_test (include/linux/refcount.h)',
    says: 'Drops a reference; holds if it was the last.',
    operands: [place('count', ['refcount'], 'writes')],
    branches: true,
    raises: ['refcount-underflow'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const count = m.state[slot] as number;
      if (!decrement(m, slot, count)) return Exit.failed;
      return m.code[row + (count === 1 ? Row.next : Row.alt)] as number;
    },
  }),
  refcount_sub_and_test: operation({
    ...COUNTER,
    kernel: 'refcount_sub_and_test (include/linux/refcount.h)',
    says: 'Drops so many references; holds if they were the last.',
    operands: [place('count', ['refcount'], 'writes'), value('by', 'nothing')],
    branches: true,
    raises: ['refcount-underflow'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const count = m.state[slot] as number;
      const by = m.value(task, row + Row.arg + 2);
      if (!decrement(m, slot, count, by)) return Exit.failed;
      return m.code[row + (count === by ? Row.next : Row.alt)] as number;
    },
  }),
};
