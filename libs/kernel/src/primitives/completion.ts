/**
 * struct completion (kernel/sched/completion.c): a count; complete() adds one, wait_for_completion() takes one. An early
 * complete() is remembered. complete_all() lets everybody pass, then and later, until reinit_completion(): the count stands
 * at a largest value that nobody takes from (UINT_MAX), which a program that calls it has room for. A completion on a dead
 * stack frame is a dead object. The timeout passes only when nothing else can run (Machine.candidates).
 */
import { at } from '../assert.js';
import { fieldKind, saturable } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { place } from '../operation/operand.js';
import { operation, type Step, type Wait } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Row } from '../operation/row.js';
import { orSignal, unlessLeft } from './support/signals.js';

const FILE = '(kernel/sched/completion.c)';
const AT_ONCE = { lock: 'none', wait: 'never', sleeps: false, raises: [] } as const;
const SLEEPS = { lock: 'none', sleeps: true, raises: [] } as const;

export const kinds = {
  completion: fieldKind('struct completion', { range: 'unsigned', slots: saturable, counts: true }),
};

function isCompleted(m: Kernel, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return (m.state[m.place(task, row + Row.arg)] as number) > 0;
}

/** The count of a completion that everybody may pass; more than any count where nobody calls complete_all(). */
const everybody = ({ tables }: Kernel, slot: number): number =>
  at(tables.layout.slots, slot).saturates ? (tables.slotMax[slot] as number) : Infinity;

const completed: Wait = { until: isCompleted, holders: 'unknown', endsBy: 'anyone' };

/** Takes one. */
const take: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const count = m.state[slot] as number;
  if (count !== everybody(m, slot)) m.set(slot, count - 1);
  return m.code[row + Row.next] as number;
};
const takeUnlessLeft = unlessLeft(isCompleted, take);

export const operations = {
  complete: operation({
    ...AT_ONCE,
    kernel: `complete ${FILE}`,
    says: 'Completes it once: one waiter may pass, now or later.',
    operands: [place('done', ['completion'], 'joins')],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const [count, all] = [m.state[slot] as number, everybody(m, slot)];
      if (count + 1 === all) throw new BoundExceeded(at(m.tables.layout.slots, slot).name, count);
      if (count !== all) m.count(slot, count + 1);
      return m.code[row + Row.next] as number;
    },
  }),
  complete_all: operation({
    ...AT_ONCE,
    kernel: `complete_all ${FILE}`,
    says: 'Completes it for good: every waiter may pass, now or later.',
    operands: [place('done', ['completion'], 'writes')],
    saturates: true,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(slot, everybody(m, slot));
      return m.code[row + Row.next] as number;
    },
  }),
  reinit_completion: operation({
    ...AT_ONCE,
    kernel: 'reinit_completion (include/linux/completion.h)',
    says: 'Nothing is completed.',
    operands: [place('done', ['completion'], 'writes')],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(slot, 0);
      return m.code[row + Row.next] as number;
    },
  }),
  completion_done: operation({
    ...AT_ONCE,
    kernel: `completion_done ${FILE}`,
    says: 'Holds if who waited now would pass.',
    operands: [place('done', ['completion'], 'reads')],
    branches: true,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      return m.code[row + ((m.state[slot] as number) > 0 ? Row.next : Row.alt)] as number;
    },
  }),
  try_wait_for_completion: operation({
    ...AT_ONCE,
    kernel: `try_wait_for_completion ${FILE}`,
    says: 'Takes one completion if there is one.',
    operands: [place('done', ['completion'], 'writes')],
    branches: true,
    step: takeUnlessLeft,
  }),
  wait_for_completion: operation({
    ...SLEEPS,
    kernel: `wait_for_completion ${FILE}`,
    says: 'Waits until it is completed, and takes one completion.',
    operands: [place('done', ['completion'], 'writes')],
    wait: completed,
    step: take,
  }),
  wait_for_completion_interruptible: operation({
    ...SLEEPS,
    kernel: `wait_for_completion_interruptible ${FILE}`,
    says: 'The same, while no signal is pending; holds if completed.',
    operands: [place('done', ['completion'], 'writes')],
    branches: true,
    wait: orSignal(completed, 'any'),
    step: takeUnlessLeft,
  }),
  wait_for_completion_killable: operation({
    ...SLEEPS,
    kernel: `wait_for_completion_killable ${FILE}`,
    says: 'The same, while no fatal signal is pending; holds if completed.',
    operands: [place('done', ['completion'], 'writes')],
    branches: true,
    wait: orSignal(completed, 'fatal'),
    step: takeUnlessLeft,
  }),
  wait_for_completion_timeout: operation({
    ...SLEEPS,
    kernel: `wait_for_completion_timeout ${FILE}`,
    says: 'The same, or gives up when nothing else can run; holds if completed.',
    operands: [place('done', ['completion'], 'writes')],
    branches: true,
    wait: { ...completed, timeout: true },
    step: takeUnlessLeft,
  }),
};
