/**
 * struct timer_list (kernel/time/timer.c). timer_setup binds the function that the scenario names; mod_timer arms; when the
 * time has come (actors/timer.ts) the function runs in softirq, once at a time, and may arm its own timer again.
 * del_timer_sync waits for a function that runs, then disarms: one guarded step, since waiting changes nothing. From the
 * function itself, or with a lock that the function waits for, that is a deadlock. timer_shutdown takes the function, so
 * that mod_timer does nothing from there on; with _sync it is two steps, arrive and pass.
 * Times are not compared: which of two timers is due first is a choice (`timeouts: any`), or the order of the program.
 */
import { fieldKind } from '../operation/field-kind.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import {
  cancel,
  ended,
  endedAlone,
  modify,
  pass,
  pending,
  setUp,
  shutDown,
  timerSlots,
  WAITS_FOR,
  wasArmed,
} from './support/timers.js';

const FILE = '(kernel/time/timer.c)';
const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;

export const kinds = {
  timer: fieldKind('struct timer_list', {
    slots: timerSlots,
    names: 'work',
    fires: 'its function',
  }),
};

export const operations = {
  timer_setup: operation({
    ...PLAIN,
    kernel: `timer_setup ${FILE}`,
    says: 'Binds the timer to its function; it is not armed by this.',
    operands: [place('timer', ['timer'], 'writes')],
    step: setUp,
  }),
  mod_timer: operation({
    ...PLAIN,
    kernel: `mod_timer ${FILE}`,
    says: 'Arms the timer, and gives whether it was armed. One that was shut down or never set up stays as it is.',
    operands: [wasArmed, place('timer', ['timer'], 'writes')],
    step: modify,
  }),
  timer_pending: operation({
    ...PLAIN,
    kernel: 'timer_pending (include/linux/timer.h)',
    says: 'Holds if the timer is armed; its function may run all the same.',
    operands: [place('timer', ['timer'], 'reads')],
    branches: true,
    step: pending,
  }),
  del_timer: operation({
    ...PLAIN,
    kernel: `timer_delete ${FILE}`,
    says: 'Disarms the timer, and gives whether it was armed; a function that runs goes on.',
    operands: [wasArmed, place('timer', ['timer'], 'writes')],
    step: cancel,
  }),
  del_timer_sync: operation({
    kernel: `timer_delete_sync ${FILE}`,
    says: 'Waits until the function does not run, then disarms the timer, and gives whether it was armed.',
    operands: [wasArmed, place('timer', ['timer'], 'writes')],
    wait: ended,
    lock: WAITS_FOR,
    sleeps: false,
    raises: [],
    step: cancel,
  }),
  timer_shutdown: operation({
    ...PLAIN,
    kernel: `timer_shutdown ${FILE}`,
    says: 'Disarms the timer and takes its function, so that nothing arms it again; gives whether it was armed.',
    operands: [wasArmed, place('timer', ['timer'], 'writes')],
    step: shutDown,
  }),
  timer_shutdown_sync: operation({
    ...PLAIN,
    kernel: `timer_shutdown_sync ${FILE}`,
    says: 'The same, and its caller is to wait for a function that runs.',
    operands: [wasArmed, place('timer', ['timer'], 'writes')],
    partOf: 'timer_shutdown_sync',
    lock: { ...WAITS_FOR, blockedBy: [] },
    step: shutDown,
  }),
  timer_shutdown_sync_wait: operation({
    kernel: `timer_shutdown_sync ${FILE}`,
    says: 'Passes when the function does not run.',
    operands: [place('timer', ['timer'], 'reads')],
    partOf: 'timer_shutdown_sync',
    wait: endedAlone,
    lock: { ...WAITS_FOR, operand: 0, ordered: false },
    sleeps: false,
    raises: [],
    step: pass,
  }),
};
