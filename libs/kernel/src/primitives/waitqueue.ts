/**
 * wait_queue_head_t (kernel/sched/wait.c): who has prepared to wait sleeps in schedule() until somebody wakes the queue. A
 * wake-up that comes before is lost: the sleeper is hung unless another comes. So who waits prepares first and tests its
 * condition then; wait_event() and its like, in the library of kernel calls, do. The state holds who is queued and not woken.
 * Limits: entries are taken off when they are woken (autoremove_wake_function), nobody waits exclusively, a task sleeps on one
 * queue at a time.
 */
import { fieldKind, maskSlot } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { place } from '../operation/operand.js';
import { operation, type Step, type Wait } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { orSignal, unlessLeft } from './support/signals.js';

const FILE = '(kernel/sched/wait.c)';
const AT_ONCE = { lock: 'none', wait: 'never', sleeps: false, raises: [] } as const;
const SLEEPS = { lock: 'none', sleeps: true, raises: [] } as const;

export const kinds = {
  waitqueue: fieldKind('wait_queue_head_t', { slots: (_, sizes) => [maskSlot('', sizes)] }),
};

function isAwake(m: Kernel, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return ((m.state[m.place(task, row + Row.arg)] as number) & (1 << task)) === 0;
}

const woken: Wait = { until: isAwake, holders: 'unknown', endsBy: 'anyone' };

const go: Step = (m, task, row) =>
  m.place(task, row + Row.arg) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);

const setQueued =
  (queued: (mask: number, task: number) => number): Step =>
  (m, task, row) => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed) return Exit.failed;
    m.set(slot, queued(m.state[slot] as number, task));
    return m.code[row + Row.next] as number;
  };
const wake = setQueued(() => 0);

export const operations = {
  prepare_to_wait: operation({
    ...AT_ONCE,
    kernel: `prepare_to_wait ${FILE}`,
    says: 'The task is queued: a wake-up from here on lets it pass schedule.',
    operands: [place('queue', ['waitqueue'], 'joins')],
    step: setQueued((mask, task) => mask | (1 << task)),
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
    step: setQueued((mask, task) => mask & ~(1 << task)),
  }),
  wake_up: operation({
    ...AT_ONCE,
    kernel: `__wake_up ${FILE}`,
    says: 'Wakes all that are queued: none of them waits exclusively.',
    operands: [place('queue', ['waitqueue'], 'writes')],
    step: wake,
  }),
  wake_up_all: operation({
    ...AT_ONCE,
    kernel: `__wake_up ${FILE}, without a number`,
    says: 'Wakes all that are queued.',
    operands: [place('queue', ['waitqueue'], 'writes')],
    step: wake,
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
