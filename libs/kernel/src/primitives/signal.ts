/**
 * Signals (kernel/signal.c). A case arms them (`signals`): each is sent, or not, by a task of its own. They end interruptible or
 * killable waits, which go on by their second exit; what is waited for comes first, as in the kernel, so a signal changes
 * nothing where it comes too late. A fatal one stays pending, any other is handled on the way back to user mode.
 */
import { ambient, target, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Row } from '../operation/row.js';
import { isSignalled, Signal } from './support/signals.js';

const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;

export const operations = {
  send_signal: operation({
    ...PLAIN,
    kernel: 'send_sig (kernel/signal.c)',
    says: 'A signal is pending for the task from here on.',
    operands: [target(), value('fatal', 'nothing'), ambient('signals', 'writes')],
    text: ([task = '', fatal = '']) => `send_sig(${fatal === '1' ? 'SIGKILL' : 'SIGINT'}, ${task})`,
    step: (m, task, row) => {
      const slot = m.tables.signalSlot[m.code[row + Row.arg] as number] as number;
      const signal = m.value(task, row + Row.arg + 1) === 0 ? Signal.ordinary : Signal.fatal;
      m.set(slot, (m.state[slot] as number) | signal);
      return m.code[row + Row.next] as number;
    },
  }),
  signal_pending: operation({
    ...PLAIN,
    kernel: 'signal_pending (include/linux/sched/signal.h)',
    says: 'Holds if a signal is pending for the task.',
    operands: [ambient('signals', 'reads')],
    branches: true,
    step: (m, task, row) =>
      m.code[row + (isSignalled(m, task, false) ? Row.next : Row.alt)] as number,
  }),
  fatal_signal_pending: operation({
    ...PLAIN,
    kernel: 'fatal_signal_pending (include/linux/sched/signal.h)',
    says: 'Holds if a fatal signal is pending for the task.',
    operands: [ambient('signals', 'reads')],
    branches: true,
    step: (m, task, row) =>
      m.code[row + (isSignalled(m, task, true) ? Row.next : Row.alt)] as number,
  }),
  do_signal: operation({
    ...PLAIN,
    kernel: 'arch_do_signal_or_restart (kernel/entry/common.c)',
    says: 'Return to user mode: a signal is handled; holds if a fatal one is pending, so that the task is to exit.',
    operands: [ambient('signals', 'writes')],
    branches: true,
    step: (m, task, row) => {
      if (isSignalled(m, task, true)) return m.code[row + Row.next] as number;
      if (isSignalled(m, task, false)) m.set(m.tables.signalSlot[task] as number, 0);
      return m.code[row + Row.alt] as number;
    },
  }),
};
