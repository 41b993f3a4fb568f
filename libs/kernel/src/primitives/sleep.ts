/**
 * Sleeping without waiting for anything: others may run, for free. The authoring language makes each a yield point. How long a
 * sleep takes is not modelled: who polls comes back whenever it is scheduled, and a poll of what never comes is a livelock.
 */
import { operation, type Operation } from '../operation/operation.js';
import { Row } from '../operation/row.js';

const SLEEP = {
  operands: [],
  wait: 'never',
  lock: 'none',
  sleeps: true,
  raises: [],
  step: (m, _task, row) => m.code[row + Row.next] as number,
} as const satisfies Omit<Operation, 'kernel' | 'says'>;

export const operations = {
  cond_resched: operation({
    ...SLEEP,
    kernel: 'cond_resched (include/linux/sched.h)',
    says: 'Lets others run.',
  }),
  msleep: operation({
    ...SLEEP,
    kernel: 'msleep (kernel/time/timer.c)',
    says: 'Sleeps for some time, which passes whenever the task is scheduled again.',
  }),
};
