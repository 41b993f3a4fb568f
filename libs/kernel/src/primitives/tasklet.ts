/**
 * struct tasklet_struct (kernel/softirq.c, include/linux/interrupt.h). Scheduled, its function runs in softirq at any time
 * from then on, once at a time (actors/handler.ts); scheduled again while it runs, it runs once more. Disabled, it stays
 * scheduled and does not run. tasklet_kill is three steps: arrive; take the bit that says "scheduled" when it is free, so
 * that nobody schedules it meanwhile; pass when the function does not run. So killing one that is scheduled and disabled
 * waits for ever. tasklet_disable arrives and passes; tasklet_disable_in_atomic spins in place of sleeping.
 * No lockdep class: lockdep has none. Limits: one priority; a tasklet is bound to its function where it is declared.
 */
import { fieldKind } from '../operation/field-kind.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { ended, pass, WAITS_FOR_HANDLER } from './support/lines.js';
import {
  arrive,
  disable,
  enable,
  killed,
  schedule,
  takeBit,
  taskletSlots,
  unscheduled,
} from './support/tasklets.js';

const SOFTIRQ_C = '(kernel/softirq.c)';
const INTERRUPT_H = '(include/linux/interrupt.h)';
const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;

export const kinds = {
  tasklet: fieldKind('struct tasklet_struct', {
    slots: taskletSlots,
    names: 'work',
    fires: 'its handler',
  }),
};

export const operations = {
  tasklet_schedule: operation({
    ...PLAIN,
    kernel: `tasklet_schedule ${INTERRUPT_H}`,
    says: 'Has the function run; nothing where it is scheduled already, or being killed.',
    operands: [place('tasklet', ['tasklet'], 'writes')],
    step: schedule,
  }),
  tasklet_disable_nosync: operation({
    ...PLAIN,
    kernel: `tasklet_disable_nosync ${INTERRUPT_H}`,
    says: 'From here on the function does not begin; one that runs goes on. Nests.',
    operands: [place('tasklet', ['tasklet'], 'writes')],
    step: disable,
  }),
  tasklet_disable: operation({
    kernel: `tasklet_disable ${INTERRUPT_H}`,
    says: 'The same, and its caller is to wait for a function that runs.',
    operands: [place('tasklet', ['tasklet'], 'writes')],
    partOf: 'tasklet_disable',
    wait: 'never',
    lock: 'none',
    sleeps: true,
    raises: [],
    step: disable,
  }),
  tasklet_disable_wait: operation({
    kernel: `tasklet_unlock_wait ${SOFTIRQ_C}`,
    says: 'Passes when the function does not run.',
    operands: [place('tasklet', ['tasklet'], 'reads')],
    partOf: 'tasklet_disable',
    wait: ended,
    lock: WAITS_FOR_HANDLER,
    sleeps: false,
    raises: [],
    step: pass,
  }),
  tasklet_disable_in_atomic: operation({
    ...PLAIN,
    kernel: `tasklet_disable_in_atomic ${INTERRUPT_H}`,
    says: 'As tasklet_disable, where the caller must not sleep.',
    operands: [place('tasklet', ['tasklet'], 'writes')],
    partOf: 'tasklet_disable_in_atomic',
    step: disable,
  }),
  tasklet_disable_in_atomic_wait: operation({
    kernel: `tasklet_unlock_spin_wait ${SOFTIRQ_C}`,
    says: 'Passes when the function does not run.',
    operands: [place('tasklet', ['tasklet'], 'reads')],
    partOf: 'tasklet_disable_in_atomic',
    wait: ended,
    lock: WAITS_FOR_HANDLER,
    sleeps: false,
    raises: [],
    step: pass,
  }),
  tasklet_enable: operation({
    ...PLAIN,
    kernel: `tasklet_enable ${INTERRUPT_H}`,
    says: 'Undoes one tasklet_disable. Of one that is enabled, it disables it: the count is not zero.',
    operands: [place('tasklet', ['tasklet'], 'writes')],
    step: enable,
  }),
  tasklet_kill: operation({
    kernel: `tasklet_kill ${SOFTIRQ_C}`,
    says: 'A kill arrives.',
    operands: [place('tasklet', ['tasklet'], 'reads')],
    partOf: 'tasklet_kill',
    wait: 'never',
    lock: 'none',
    sleeps: true,
    warnsInInterrupt: 'Attempt to kill tasklet from interrupt',
    raises: [],
    step: arrive,
  }),
  tasklet_kill_lock: operation({
    kernel: `tasklet_kill ${SOFTIRQ_C}`,
    says: 'Goes on when the tasklet is not scheduled; from here on nobody schedules it.',
    operands: [place('tasklet', ['tasklet'], 'writes')],
    partOf: 'tasklet_kill',
    wait: unscheduled,
    lock: 'none',
    sleeps: false,
    raises: [],
    step: takeBit,
  }),
  tasklet_kill_wait: operation({
    kernel: `tasklet_unlock_wait ${SOFTIRQ_C}`,
    says: 'Passes when the function does not run; the tasklet may be scheduled again.',
    operands: [place('tasklet', ['tasklet'], 'writes')],
    partOf: 'tasklet_kill',
    wait: ended,
    lock: WAITS_FOR_HANDLER,
    sleeps: false,
    raises: [],
    step: killed,
  }),
};
