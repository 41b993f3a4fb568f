/**
 * Interrupt lines (kernel/irq/manage.c). The line stands for irq_desc and its one action: a field of the object that is its
 * dev_id, bound to its handler. From request_irq to free_irq, and while nothing has it disabled, the handler comes at any
 * time (actors/handler.ts), at most as often as the field declares, once at a time; of an `irq` in hard interrupt context,
 * of a `threaded_irq` in its thread with the line masked (IRQF_ONESHOT), where it may sleep.
 * free_irq and disable_irq arrive and pass: first the line is shut or disabled, then they wait for the handler that runs.
 * synchronize_irq is one guarded step, since waiting changes nothing. A waiting call from the handler itself sleeps where
 * it must not; in a thread, or by synchronize_hardirq, which spins, it is a deadlock.
 * Limits: no shared lines; an interrupt that may come does come before the run ends; handlers run on a CPU of their own.
 */
import { fieldKind } from '../operation/field-kind.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import {
  disable,
  ended,
  enable,
  free,
  lineFreed,
  pass,
  request,
  WAITS_FOR_HANDLER,
} from './support/lines.js';

const FILE = '(kernel/irq/manage.c)';
const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
const LINES = ['irq', 'threaded_irq'] as const;

export const kinds = {
  irq: fieldKind('an interrupt line', {
    slots: () => [],
    range: 'unsigned',
    names: 'work',
    fires: 'its handler',
  }),
  threaded_irq: fieldKind('an interrupt line with a threaded handler', {
    slots: () => [],
    range: 'unsigned',
    names: 'work',
    fires: 'its thread',
  }),
};

export const operations = {
  request_irq: operation({
    kernel: `request_irq ${FILE}`,
    says: 'Enables the line for its handler; holds unless somebody has it already. One that is being freed is waited for.',
    operands: [place('line', ['irq'], 'writes')],
    branches: true,
    wait: lineFreed,
    lock: 'none',
    sleeps: true,
    raises: [],
    step: request,
  }),
  request_threaded_irq: operation({
    kernel: `request_threaded_irq ${FILE}`,
    says: 'The same, with a handler that runs in a thread.',
    operands: [place('line', ['threaded_irq'], 'writes')],
    branches: true,
    wait: lineFreed,
    lock: 'none',
    sleeps: true,
    raises: [],
    step: request,
  }),
  free_irq: operation({
    kernel: `free_irq ${FILE}`,
    says: 'The line is shut down: its handler comes no more. A warning where it was not requested.',
    operands: [place('line', LINES, 'writes')],
    partOf: 'free_irq',
    wait: 'never',
    lock: 'none',
    sleeps: true,
    warnsInInterrupt: 'Trying to free IRQ from IRQ context',
    raises: [],
    step: free,
  }),
  free_irq_wait: operation({
    kernel: `free_irq ${FILE}`,
    says: 'Passes when the handler does not run.',
    operands: [place('line', LINES, 'reads')],
    partOf: 'free_irq',
    wait: ended,
    lock: WAITS_FOR_HANDLER,
    sleeps: false,
    raises: [],
    step: pass,
  }),
  disable_irq_nosync: operation({
    ...PLAIN,
    kernel: `disable_irq_nosync ${FILE}`,
    says: 'From here on the handler does not come; one that runs goes on. Nests.',
    operands: [place('line', LINES, 'writes')],
    step: disable,
  }),
  disable_irq: operation({
    kernel: `disable_irq ${FILE}`,
    says: 'The same, and its caller is to wait for a handler that runs.',
    operands: [place('line', LINES, 'writes')],
    partOf: 'disable_irq',
    wait: 'never',
    lock: 'none',
    sleeps: true,
    raises: [],
    step: disable,
  }),
  disable_irq_wait: operation({
    kernel: `disable_irq ${FILE}`,
    says: 'Passes when the handler does not run.',
    operands: [place('line', LINES, 'reads')],
    partOf: 'disable_irq',
    wait: ended,
    lock: WAITS_FOR_HANDLER,
    sleeps: false,
    raises: [],
    step: pass,
  }),
  enable_irq: operation({
    ...PLAIN,
    kernel: `enable_irq ${FILE}`,
    says: 'Undoes one disable_irq; a warning where the line is enabled.',
    operands: [place('line', LINES, 'writes')],
    step: enable,
  }),
  synchronize_irq: operation({
    kernel: `synchronize_irq ${FILE}`,
    says: 'Waits until the handler does not run.',
    operands: [place('line', LINES, 'reads')],
    wait: ended,
    lock: WAITS_FOR_HANDLER,
    sleeps: true,
    raises: [],
    step: pass,
  }),
  synchronize_hardirq: operation({
    kernel: `synchronize_hardirq ${FILE}`,
    says: 'Spins until the handler does not run, without sleeping.',
    operands: [place('line', ['irq'], 'reads')],
    wait: ended,
    lock: WAITS_FOR_HANDLER,
    sleeps: false,
    raises: [],
    step: pass,
  }),
};
