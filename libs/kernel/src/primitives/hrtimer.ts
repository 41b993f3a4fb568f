/**
 * struct hrtimer (kernel/time/hrtimer.c): as a timer, with its function in hard interrupt context. A function that returns
 * HRTIMER_RESTART is one that ends with hrtimer_start of its own timer. hrtimer_cancel waits for a function that runs,
 * then disarms, one guarded step; hrtimer_try_to_cancel does not wait and gives -1. No lockdep class: lockdep has none.
 */
import { fieldKind } from '../operation/field-kind.js';
import { dst, place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import {
  cancel,
  ended,
  setUp,
  start,
  timerSlots,
  tryToCancel,
  WAITS_FOR,
  wasArmed,
} from './support/timers.js';

const FILE = '(kernel/time/hrtimer.c)';
const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;

export const kinds = {
  hrtimer: fieldKind('struct hrtimer', {
    slots: timerSlots,
    names: 'work',
    fires: 'its function',
  }),
};

export const operations = {
  hrtimer_setup: operation({
    ...PLAIN,
    kernel: `hrtimer_setup ${FILE}`,
    says: 'Binds the timer to its function; it is not armed by this.',
    operands: [place('timer', ['hrtimer'], 'writes')],
    step: setUp,
  }),
  hrtimer_start: operation({
    ...PLAIN,
    kernel: `hrtimer_start ${FILE}`,
    says: 'Arms the timer; a warning where it was not set up.',
    operands: [place('timer', ['hrtimer'], 'writes')],
    step: start,
  }),
  hrtimer_try_to_cancel: operation({
    ...PLAIN,
    kernel: `hrtimer_try_to_cancel ${FILE}`,
    says: 'Disarms the timer and gives whether it was armed, or gives -1 while its function runs.',
    operands: [dst('was', { from: -1, to: 1 }), place('timer', ['hrtimer'], 'writes')],
    step: tryToCancel,
  }),
  hrtimer_cancel: operation({
    kernel: `hrtimer_cancel ${FILE}`,
    says: 'Waits until the function does not run, then disarms the timer, and gives whether it was armed.',
    operands: [wasArmed, place('timer', ['hrtimer'], 'writes')],
    wait: ended,
    lock: { ...WAITS_FOR, ordered: false },
    sleeps: false,
    raises: [],
    step: cancel,
  }),
};
