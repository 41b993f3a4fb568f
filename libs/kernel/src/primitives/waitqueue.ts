/**
 * wait_queue_head_t (kernel/sched/wait.c): who has prepared to wait sleeps in schedule() until somebody wakes the queue. A
 * wake-up that comes before is lost: the sleeper is hung unless another comes. So who waits prepares first and tests its
 * condition then; wait_event() and its like, in the library of kernel calls, do. The state holds who is queued and not woken,
 * and the order of those that wait exclusively, of whom a wake-up wakes one, or as many as it says.
 * Limits: entries are taken off when they are woken (autoremove_wake_function), a task sleeps on one queue at a time, and one that
 * a signal has made runnable can still be the one that is woken.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { place, value } from '../operation/operand.js';
import { operation, type Step, type Wait } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { orSignal, unlessLeft } from './support/signals.js';
import { dequeue, enqueue, enqueueExclusive, waiterSlots, wake } from './support/waiters.js';

const FILE = '(kernel/sched/wait.c)';
const AT_ONCE = { lock: 'none', wait: 'never', sleeps: false, raises: [] } as const;
/** How many of those that wait exclusively. */
const ALL = 0;
const ONE = 1;
/** Behind the two numbers of the queue. */
const NR = 2;
const SLEEPS = { lock: 'none', sleeps: true, raises: [] } as const;

export const kinds = {
  waitqueue: fieldKind('wait_queue_head_t', { slots: (_, sizes) => waiterSlots(sizes) }),
};

function isAwake(m: Kernel, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return ((m.state[m.place(task, row + Row.arg)] as number) & (1 << task)) === 0;
}

const woken: Wait = { until: isAwake, holders: 'unknown', endsBy: 'anyone' };

const go: Step = (m, task, row) =>
  m.place(task, row + Row.arg) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);

const changing =
  (change: (m: Kernel, slot: number, task: number, row: number) => void): Step =>
  (m, task, row) => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed) return Exit.failed;
    change(m, slot, task, row);
    return m.code[row + Row.next] as number;
  };

export const operations = {
  prepare_to_wait: operation({
    ...AT_ONCE,
    kernel: `prepare_to_wait ${FILE}`,
    says: 'The task is queued: a wake-up from here on lets it pass schedule.',
    operands: [place('queue', ['waitqueue'], 'joins')],
    step: changing(enqueue),
  }),
  prepare_to_wait_exclusive: operation({
    ...AT_ONCE,
    kernel: `prepare_to_wait_exclusive ${FILE}`,
    says: 'The same, but behind those queued so before: a wake-up reaches it when it is its turn.',
    operands: [place('queue', ['waitqueue'], 'writes')],
    ordersWaiters: true,
    step: changing(enqueueExclusive),
  }),
  schedule: operation({
    ...SLEEPS,
    kernel: 'schedule (kernel/sched/core.c)',
    says: 'Sleeps until the queue is woken; passes at once unless the task has prepared to wait.',
    operands: [place('queue', ['waitqueue'], 'joins')],
    wait: woken,
    step: go,
  }),
  schedule_interruptible: operation({
    ...SLEEPS,
    kernel: 'schedule (kernel/sched/core.c), in TASK_INTERRUPTIBLE',
    says: 'The same, while no signal is pending; holds if woken.',
    operands: [place('queue', ['waitqueue'], 'joins')],
    branches: true,
    wait: orSignal(woken, 'any'),
    step: unlessLeft(isAwake, go),
  }),
  schedule_killable: operation({
    ...SLEEPS,
    kernel: 'schedule (kernel/sched/core.c), in TASK_KILLABLE',
    says: 'The same, while no fatal signal is pending; holds if woken.',
    operands: [place('queue', ['waitqueue'], 'joins')],
    branches: true,
    wait: orSignal(woken, 'fatal'),
    step: unlessLeft(isAwake, go),
  }),
  schedule_timeout: operation({
    ...SLEEPS,
    kernel: 'schedule_timeout (kernel/time/timer.c)',
    says: 'The same, or gives up when nothing else can run; holds if woken.',
    operands: [place('queue', ['waitqueue'], 'joins')],
    branches: true,
    wait: { ...woken, timeout: true },
    step: unlessLeft(isAwake, go),
  }),
  finish_wait: operation({
    ...AT_ONCE,
    kernel: `finish_wait ${FILE}`,
    says: 'The task is queued no more.',
    operands: [place('queue', ['waitqueue'], 'joins')],
    step: changing(dequeue),
  }),
  wake_up: operation({
    ...AT_ONCE,
    kernel: `__wake_up ${FILE}`,
    says: 'Wakes all that are queued but the exclusive ones, and the first of these.',
    operands: [place('queue', ['waitqueue'], 'writes')],
    step: changing((m, slot) => {
      wake(m, slot, ONE);
    }),
  }),
  wake_up_nr: operation({
    ...AT_ONCE,
    kernel: `__wake_up ${FILE}, with a number`,
    says: 'The same with so many of the exclusive ones; 0 wakes all.',
    operands: [place('queue', ['waitqueue'], 'writes'), value('nr', 'nothing')],
    step: changing((m, slot, task, row) => {
      wake(m, slot, m.value(task, row + Row.arg + NR));
    }),
  }),
  wake_up_all: operation({
    ...AT_ONCE,
    kernel: `__wake_up ${FILE}, without a number`,
    says: 'Wakes all that are queued.',
    operands: [place('queue', ['waitqueue'], 'writes')],
    step: changing((m, slot) => {
      wake(m, slot, ALL);
    }),
  }),
  waitqueue_active: operation({
    ...AT_ONCE,
    kernel: 'waitqueue_active (include/linux/wait.h)',
    says: 'Holds if anybody is queued.',
    operands: [place('queue', ['waitqueue'], 'reads')],
    branches: true,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      return m.code[row + ((m.state[slot] as number) === 0 ? Row.alt : Row.next)] as number;
    },
  }),
};
