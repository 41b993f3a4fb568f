/**
 * struct completion (kernel/sched/completion.c): a count; complete() adds one, the uninterruptible
 * wait_for_completion() takes one. An early complete() is remembered. A completion on a dead stack frame is a dead object.
 * wait_for_completion_timeout() may also give up, but only when nothing else can run (Machine.candidates).
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { place } from '../operation/operand.js';
import { operation, type Wait } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';

export const kinds = { completion: fieldKind('struct completion', { range: 'unsigned' }) };

function isCompleted(m: Kernel, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return (m.state[m.place(task, row + Row.arg)] as number) > 0;
}

const completed: Wait = { until: isCompleted, holders: 'unknown', endsBy: 'anyone' };

export const operations = {
  complete: operation({
    kernel: 'complete (kernel/sched/completion.c)',
    says: 'Completes it once: one waiter may pass, now or later.',
    operands: [place('done', ['completion'], 'joins')],
    lock: 'none',
    wait: 'never',
    sleeps: false,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.count(slot, (m.state[slot] as number) + 1);
      return m.code[row + Row.next] as number;
    },
  }),
  wait_for_completion: operation({
    kernel: 'wait_for_completion (kernel/sched/completion.c)',
    says: 'Waits until it is completed, and takes one completion.',
    operands: [place('done', ['completion'], 'writes')],
    lock: 'none',
    wait: completed,
    sleeps: true,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(slot, (m.state[slot] as number) - 1);
      return m.code[row + Row.next] as number;
    },
  }),
  wait_for_completion_timeout: operation({
    kernel: 'wait_for_completion_timeout (kernel/sched/completion.c)',
    says: 'The same, or gives up when nothing else can run; holds if completed.',
    operands: [place('done', ['completion'], 'writes')],
    branches: true,
    lock: 'none',
    wait: { ...completed, timeout: true },
    sleeps: true,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const count = m.state[slot] as number;
      if (count === 0) return m.code[row + Row.alt] as number;
      m.set(slot, count - 1);
      return m.code[row + Row.next] as number;
    },
  }),
};
