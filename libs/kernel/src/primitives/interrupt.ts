/**
 * Interrupts, bottom halves and preemption (include/linux/irqflags.h, kernel/softirq.c, include/linux/spinlock.h). A case declares
 * a task with a `context`, which must not sleep, and `on` which task's CPU it runs: it starts only where that task has not turned
 * its context off, and the task goes on when it has ended. So a handler that spins on a lock of the task it interrupted is a
 * deadlock by itself, and turning interrupts off while the lock is held is a proof that there is none.
 * Limits: interrupts are off while a spinning lock is waited for only as far as anybody could tell; softirqs start by
 * themselves, not where interrupts return; nobody is preempted by a task of his own CPU, since each has its own.
 */
import { ambient, dst, place, value } from '../operation/operand.js';
import type { Kernel } from '../operation/kernel.js';
import { acquires, releases } from '../operation/lock-use.js';
import { operation, type Step } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { mayInterrupt, Off, off } from './support/contexts.js';
import { isFree, lock, owner, unlock } from './support/owned.js';

const FLAGS_H = '(include/linux/irqflags.h)';
const SPIN_H = '(include/linux/spinlock.h)';
const SOFTIRQ_C = '(kernel/softirq.c)';
const AT_ONCE = { lock: 'none', wait: 'never', sleeps: false, raises: [] } as const;
const flags = dst('flags', { most: () => 1 });

const put = (m: Kernel, task: number, what: Off, to: number): void => {
  m.count((m.tables.contextSlot[task] as number) + what, to);
};

const turn =
  (what: Off, to: (before: number) => number): Step =>
  (m, task, row) => {
    put(m, task, what, to(off(m, task, what)));
    return m.code[row + Row.next] as number;
  };
const irqsOff = turn(Off.irqs, () => 1);
const irqsOn = turn(Off.irqs, () => 0);
const more = (what: Off): Step => turn(what, (before) => before + 1);
const less = (what: Off): Step => turn(what, (before) => before - 1);

/** Both steps, as one. */
const both =
  (first: Step, second: Step): Step =>
  (m, task, row, fault) =>
    first(m, task, row, fault) === Exit.failed ? Exit.failed : second(m, task, row, fault);

/** The lock is the second operand there, behind the flags. */
const BEHIND_FLAGS = 1;
const saved: Step = (m, task, row) => {
  m.set(m.local(task, row + Row.arg), off(m, task, Off.irqs));
  return irqsOff(m, task, row, false);
};
const restored =
  (operand: number): Step =>
  (m, task, row) => {
    put(m, task, Off.irqs, m.value(task, row + Row.arg + operand));
    return m.code[row + Row.next] as number;
  };
const spinning = (behind: number) =>
  ({
    until: (m: Kernel, task: number, row: number) => isFree(m, task, row + behind),
    holders: (m: Kernel, task: number, row: number) => owner(m, task, row + behind),
    endsBy: 'holders',
  }) as const;
const lockBehind: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg + BEHIND_FLAGS);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot, task + 1);
  return m.code[row + Row.next] as number;
};
const TAKES = acquires('exclusive', ['exclusive']);

export const operations = {
  local_irq_save: operation({
    ...AT_ONCE,
    kernel: `local_irq_save ${FLAGS_H}`,
    says: 'Turns interrupts off, and says whether they were.',
    operands: [flags, ambient('contexts', 'writes')],
    step: saved,
  }),
  local_irq_restore: operation({
    ...AT_ONCE,
    kernel: `local_irq_restore ${FLAGS_H}`,
    says: 'Turns interrupts on, unless they were off when the flags were saved.',
    operands: [value('flags', 'nothing'), ambient('contexts', 'writes')],
    step: restored(0),
  }),
  local_irq_disable: operation({
    ...AT_ONCE,
    kernel: `local_irq_disable ${FLAGS_H}`,
    says: 'Turns interrupts off.',
    operands: [ambient('contexts', 'writes')],
    step: irqsOff,
  }),
  local_irq_enable: operation({
    ...AT_ONCE,
    kernel: `local_irq_enable ${FLAGS_H}`,
    says: 'Turns interrupts on, whoever turned them off.',
    operands: [ambient('contexts', 'writes')],
    step: irqsOn,
  }),
  local_bh_disable: operation({
    ...AT_ONCE,
    kernel: `local_bh_disable ${SOFTIRQ_C}`,
    says: 'Keeps softirqs off; nests.',
    operands: [ambient('contexts', 'writes')],
    step: more(Off.softirqs),
  }),
  local_bh_enable: operation({
    ...AT_ONCE,
    kernel: `local_bh_enable ${SOFTIRQ_C}`,
    says: 'Lets softirqs in again.',
    operands: [ambient('contexts', 'writes')],
    step: less(Off.softirqs),
  }),
  preempt_disable: operation({
    ...AT_ONCE,
    kernel: 'preempt_disable (include/linux/preempt.h)',
    says: 'From here on the task must not sleep; nests.',
    operands: [ambient('contexts', 'writes')],
    step: more(Off.preemption),
  }),
  preempt_enable: operation({
    ...AT_ONCE,
    kernel: 'preempt_enable (include/linux/preempt.h)',
    says: 'The task may sleep again.',
    operands: [ambient('contexts', 'writes')],
    step: less(Off.preemption),
  }),
  spin_lock_irqsave: operation({
    kernel: `spin_lock_irqsave ${SPIN_H}`,
    says: 'Turns interrupts off and takes the spinlock; says whether they were off.',
    operands: [flags, place('lock', ['spinlock'], 'writes'), ambient('contexts', 'writes')],
    lock: { ...TAKES, operand: 1 },
    wait: spinning(BEHIND_FLAGS),
    sleeps: false,
    raises: [],
    step: both(lockBehind, saved),
  }),
  spin_unlock_irqrestore: operation({
    kernel: `spin_unlock_irqrestore ${SPIN_H}`,
    says: 'Gives the spinlock back; turns interrupts on, unless they were off when the flags were saved.',
    operands: [
      place('lock', ['spinlock'], 'writes'),
      value('flags', 'nothing'),
      ambient('contexts', 'writes'),
    ],
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: both(unlock, restored(2)),
  }),
  spin_lock_irq: operation({
    kernel: `spin_lock_irq ${SPIN_H}`,
    says: 'Turns interrupts off and takes the spinlock.',
    operands: [place('lock', ['spinlock'], 'writes'), ambient('contexts', 'writes')],
    lock: TAKES,
    wait: spinning(0),
    sleeps: false,
    raises: [],
    step: both(lock, irqsOff),
  }),
  spin_unlock_irq: operation({
    kernel: `spin_unlock_irq ${SPIN_H}`,
    says: 'Gives the spinlock back and turns interrupts on, whoever turned them off.',
    operands: [place('lock', ['spinlock'], 'writes'), ambient('contexts', 'writes')],
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: both(unlock, irqsOn),
  }),
  spin_lock_bh: operation({
    kernel: `spin_lock_bh ${SPIN_H}`,
    says: 'Keeps softirqs off and takes the spinlock.',
    operands: [place('lock', ['spinlock'], 'writes'), ambient('contexts', 'writes')],
    lock: TAKES,
    wait: spinning(0),
    sleeps: false,
    raises: [],
    step: both(lock, more(Off.softirqs)),
  }),
  spin_unlock_bh: operation({
    kernel: `spin_unlock_bh ${SPIN_H}`,
    says: 'Gives the spinlock back and lets softirqs in again.',
    operands: [place('lock', ['spinlock'], 'writes'), ambient('contexts', 'writes')],
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: both(unlock, less(Off.softirqs)),
  }),
  enter_interrupt: operation({
    kernel: 'irq_enter (kernel/softirq.c)',
    says: 'The interrupt comes: whenever its CPU lets it in, or never.',
    operands: [ambient('contexts', 'writes')],
    lock: 'none',
    wait: {
      until: (m, task) => mayInterrupt(m, task),
      holders: 'unknown',
      endsBy: 'anyone',
      external: true,
    },
    sleeps: false,
    raises: [],
    step: turn(Off.running, () => 1),
  }),
  leave_interrupt: operation({
    ...AT_ONCE,
    kernel: 'irq_exit (kernel/softirq.c)',
    says: 'The interrupt has been handled: what it interrupted goes on.',
    operands: [ambient('contexts', 'writes')],
    step: turn(Off.running, () => 0),
  }),
};
