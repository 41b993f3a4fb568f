/**
 * Kernel threads (kernel/kthread.c). A task that stands for one begins by kthread_begin, which waits until kthread_run was called, and
 * ends by kthread_exit; the library's kthread writes both. kthread_stop is two steps: arrive asks the thread to stop, pass waits
 * until it has ended, so that a thread that stops itself, or waits for a lock of who stops it, is a deadlock. Lockdep does not
 * know this wait, so it makes no lock order. The field outlives the thread as a task_struct with a reference does: stopping
 * it when it has ended returns at once. Limits: a thread is run once; stopping one that nobody runs waits for ever.
 */
import { fieldKind } from '../operation/field-kind.js';
import { acquires, releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import {
  BEHIND_THREAD,
  create,
  isIn,
  myself,
  nobody,
  runner,
  Thread,
  threadSlots,
  turn,
} from './support/threads.js';

const SHOULD_STOP = BEHIND_THREAD;

const FILE = '(kernel/kthread.c)';
const AT_ONCE = { wait: 'never', sleeps: false, raises: [] } as const;

export const kinds = {
  kthread: fieldKind('struct task_struct', {
    slots: (_, sizes) => [...threadSlots(sizes), { suffix: '.should_stop', max: 1 }],
    lock: 'sleeps',
  }),
};

export const operations = {
  kthread_run: operation({
    ...AT_ONCE,
    kernel: 'kthread_run (include/linux/kthread.h)',
    says: 'The thread may run from here on.',
    operands: [place('thread', ['kthread'], 'writes')],
    lock: 'none',
    step: create,
  }),
  kthread_begin: operation({
    kernel: `kthread ${FILE}`,
    says: 'The start of the task that is the thread: waits until it is run, if need be for ever.',
    operands: [place('thread', ['kthread'], 'writes')],
    wait: { until: isIn(Thread.created), holders: 'unknown', endsBy: 'anyone', external: true },
    lock: tries('exclusive', []),
    sleeps: false,
    raises: [],
    step: turn(Thread.running, myself),
  }),
  kthread_should_stop: operation({
    ...AT_ONCE,
    kernel: `kthread_should_stop ${FILE}`,
    says: 'Holds if the thread is asked to stop.',
    operands: [place('thread', ['kthread'], 'reads')],
    branches: true,
    lock: 'none',
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const stops = (m.state[slot + SHOULD_STOP] as number) !== 0;
      return m.code[row + (stops ? Row.next : Row.alt)] as number;
    },
  }),
  kthread_exit: operation({
    ...AT_ONCE,
    kernel: `kthread_exit ${FILE}`,
    says: 'The end of the thread.',
    operands: [place('thread', ['kthread'], 'writes')],
    lock: releases('exclusive'),
    step: turn(Thread.exited, nobody),
  }),
  kthread_stop: operation({
    kernel: `kthread_stop ${FILE}`,
    says: 'The thread is asked to stop.',
    operands: [place('thread', ['kthread'], 'writes')],
    partOf: 'kthread_stop',
    wait: 'never',
    lock: 'none',
    sleeps: true,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(slot + SHOULD_STOP, 1);
      return m.code[row + Row.next] as number;
    },
  }),
  kthread_stop_wait: operation({
    kernel: `kthread_stop ${FILE}`,
    says: 'Passes when the thread has ended.',
    operands: [place('thread', ['kthread'], 'reads')],
    partOf: 'kthread_stop',
    wait: { until: isIn(Thread.exited), holders: runner, endsBy: 'anyone' },
    lock: { ...acquires('nothing', ['exclusive']), ordered: false },
    sleeps: true,
    raises: [],
    step: (m, task, row) =>
      m.place(task, row + Row.arg) === Exit.failed
        ? Exit.failed
        : (m.code[row + Row.next] as number),
  }),
};
