/**
 * atomic_t (include/linux/atomic.h): an integer, negative ones included, that is read, changed and tested in one step each.
 * No detector: that a count goes wrong shows in what is done with it. Past the declared range: bound exceeded.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { dst, place, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';

const COUNTER = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
const FILE = '(include/linux/atomic.h)';

export const kinds = { atomic: fieldKind('atomic_t', { range: 'signed', counts: true }) };

/** Changes the value, and leaves by `next` if it is such afterwards. */
const change =
  (by: number, holds: (now: number) => boolean) =>
  (m: Kernel, task: number, row: number): number => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed) return Exit.failed;
    const now = (m.state[slot] as number) + by;
    m.count(slot, now);
    return m.code[row + (holds(now) ? Row.next : Row.alt)] as number;
  };

const always = (): boolean => true;
const isZero = (now: number): boolean => now === 0;

/** Changes the value by the operand at `by`. @returns the slot, or FAILED */
function add(m: Kernel, task: number, row: number, at: number, by: number): number {
  const slot = m.place(task, row + at);
  if (slot === Exit.failed) return Exit.failed;
  m.count(slot, (m.state[slot] as number) + by);
  return slot;
}

export const operations = {
  atomic_read: operation({
    ...COUNTER,
    kernel: `atomic_read ${FILE}`,
    says: 'Reads the value.',
    operands: [dst('to', { like: 1 }), place('v', ['atomic'], 'reads')],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg + 1);
      if (slot === Exit.failed) return Exit.failed;
      m.set(m.local(task, row + Row.arg), m.state[slot] as number);
      return m.code[row + Row.next] as number;
    },
  }),
  atomic_set: operation({
    ...COUNTER,
    kernel: `atomic_set ${FILE}`,
    says: 'Sets the value.',
    operands: [place('v', ['atomic'], 'writes'), value('value', { into: 0 })],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.count(slot, m.value(task, row + Row.arg + 2));
      return m.code[row + Row.next] as number;
    },
  }),
  atomic_inc: operation({
    ...COUNTER,
    kernel: `atomic_inc ${FILE}`,
    says: 'Adds one.',
    operands: [place('v', ['atomic'], 'joins')],
    step: change(1, always),
  }),
  atomic_dec: operation({
    ...COUNTER,
    kernel: `atomic_dec ${FILE}`,
    says: 'Subtracts one.',
    operands: [place('v', ['atomic'], 'writes')],
    step: change(-1, always),
  }),
  atomic_add: operation({
    ...COUNTER,
    kernel: `atomic_add ${FILE}`,
    says: 'Adds a value.',
    operands: [place('v', ['atomic'], 'writes'), value('by', 'nothing')],
    step: (m, task, row) =>
      add(m, task, row, Row.arg, m.value(task, row + Row.arg + 2)) === Exit.failed
        ? Exit.failed
        : (m.code[row + Row.next] as number),
  }),
  atomic_sub: operation({
    ...COUNTER,
    kernel: `atomic_sub ${FILE}`,
    says: 'Subtracts a value.',
    operands: [place('v', ['atomic'], 'writes'), value('by', 'nothing')],
    step: (m, task, row) =>
      add(m, task, row, Row.arg, -m.value(task, row + Row.arg + 2)) === Exit.failed
        ? Exit.failed
        : (m.code[row + Row.next] as number),
  }),
  atomic_inc_and_test: operation({
    ...COUNTER,
    kernel: `atomic_inc_and_test ${FILE}`,
    says: 'Adds one; holds if the result is zero.',
    operands: [place('v', ['atomic'], 'writes')],
    branches: true,
    step: change(1, isZero),
  }),
  atomic_dec_and_test: operation({
    ...COUNTER,
    kernel: `atomic_dec_and_test ${FILE}`,
    says: 'Subtracts one; holds if the result is zero.',
    operands: [place('v', ['atomic'], 'writes')],
    branches: true,
    step: change(-1, isZero),
  }),
  atomic_add_return: operation({
    ...COUNTER,
    kernel: `atomic_add_return ${FILE}`,
    says: 'Adds a value and gives the result.',
    operands: [dst('to', { like: 1 }), place('v', ['atomic'], 'writes'), value('by', 'nothing')],
    step: (m, task, row) => {
      const slot = add(m, task, row, Row.arg + 1, m.value(task, row + Row.arg + 3));
      if (slot === Exit.failed) return Exit.failed;
      m.set(m.local(task, row + Row.arg), m.state[slot] as number);
      return m.code[row + Row.next] as number;
    },
  }),
  atomic_fetch_add: operation({
    ...COUNTER,
    kernel: `atomic_fetch_add ${FILE}`,
    says: 'Adds a value and gives what was there before.',
    operands: [dst('to', { like: 1 }), place('v', ['atomic'], 'writes'), value('by', 'nothing')],
    step: (m, task, row) => {
      const by = m.value(task, row + Row.arg + 3);
      const slot = add(m, task, row, Row.arg + 1, by);
      if (slot === Exit.failed) return Exit.failed;
      m.set(m.local(task, row + Row.arg), (m.state[slot] as number) - by);
      return m.code[row + Row.next] as number;
    },
  }),
  atomic_xchg: operation({
    ...COUNTER,
    kernel: `atomic_xchg ${FILE}`,
    says: 'Sets the value and gives what was there before.',
    operands: [
      dst('to', { like: 1 }),
      place('v', ['atomic'], 'writes'),
      value('value', { into: 1 }),
    ],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg + 1);
      if (slot === Exit.failed) return Exit.failed;
      const before = m.state[slot] as number;
      m.count(slot, m.value(task, row + Row.arg + 3));
      m.set(m.local(task, row + Row.arg), before);
      return m.code[row + Row.next] as number;
    },
  }),
  atomic_cmpxchg: operation({
    ...COUNTER,
    kernel: `atomic_cmpxchg ${FILE}`,
    says: 'Sets the value if it is the old one; holds if it was.',
    operands: [
      place('v', ['atomic'], 'writes'),
      value('old', { with: 0 }),
      value('new', { into: 0 }),
    ],
    branches: true,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if ((m.state[slot] as number) !== m.value(task, row + Row.arg + 2))
        return m.code[row + Row.alt] as number;
      m.count(slot, m.value(task, row + Row.arg + 4));
      return m.code[row + Row.next] as number;
    },
  }),
  atomic_add_unless: operation({
    ...COUNTER,
    kernel: `atomic_add_unless ${FILE}`,
    says: 'Adds a value unless it is the other one; holds if it was added.',
    operands: [
      place('v', ['atomic'], 'writes'),
      value('by', 'nothing'),
      value('unless', { with: 0 }),
    ],
    branches: true,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const now = m.state[slot] as number;
      if (now === m.value(task, row + Row.arg + 4)) return m.code[row + Row.alt] as number;
      m.count(slot, now + m.value(task, row + Row.arg + 2));
      return m.code[row + Row.next] as number;
    },
  }),
};
