/**
 * pthread_cond_t (nptl/pthread_cond_common.c, POSIX). Waiting is three steps: pthread_cond_wait lets the mutex go and joins the
 * waiters at once, the waiter passes when it is woken, and takes the mutex again like anybody else. A signal wakes one of those
 * that wait at that moment, any of them, and nobody later; without a waiter it is lost. Spurious wakeups: none happens
 * unless a case arms a fault at the wait, which then counts as woken from the start, so that it can pass at any moment.
 * Slots: who waits; how many signals are under way, and who of the waiters may take one.
 */
import { fieldKind, maskSlot } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { releases } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';

const SIGNALS = 1;
const CALLED = 2;

const PLAIN = { wait: 'never', lock: 'none', sleeps: false } as const;

export const kinds = {
  pthread_cond: fieldKind('pthread_cond_t', {
    slots: (_, sizes) => [
      maskSlot('', sizes),
      { suffix: '.signals', max: sizes.tasks },
      maskSlot('.called', sizes),
    ],
  }),
};

function isWoken(m: Kernel, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  const slot = m.place(task, row + Row.arg);
  return !waits(m, slot, task) || (cell(m, slot + SIGNALS) > 0 && isCalled(m, slot, task));
}

const cell = (m: Kernel, slot: number): number => m.state[slot] as number;
const waits = (m: Kernel, slot: number, task: number): boolean =>
  (cell(m, slot) & (1 << task)) !== 0;
const isCalled = (m: Kernel, slot: number, task: number): boolean =>
  (cell(m, slot + CALLED) & (1 << task)) !== 0;

function count(mask: number): number {
  let n = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) n++;
  return n;
}

/** Signals are for those called; where there are as many as these, all of them are woken. */
function settle(m: Kernel, slot: number): void {
  const called = cell(m, slot + CALLED);
  const signals = cell(m, slot + SIGNALS);
  if (signals < count(called) && signals > 0) return;
  if (signals > 0) m.set(slot, cell(m, slot) & ~called);
  m.set(slot + SIGNALS, 0);
  m.set(slot + CALLED, 0);
}

export const operations = {
  pthread_cond_wait: operation({
    kernel: 'pthread_cond_wait (nptl/pthread_cond_wait.c)',
    says: 'A wait arrives: gives the mutex, which the caller has to hold, and waits from here on; woken at once by a fault.',
    operands: [place('cond', ['pthread_cond'], 'writes'), place('mutex', ['mutex'], 'writes')],
    partOf: 'pthread_cond_wait',
    wait: 'never',
    lock: { ...releases('exclusive'), operand: 1 },
    sleeps: true,
    mayFail: true,
    raises: ['bad-unlock'],
    step: (m, task, row, fault) => {
      const [slot, mutex] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
      if (slot === Exit.failed || mutex === Exit.failed) return Exit.failed;
      if (cell(m, mutex) !== task + 1) {
        m.failure.raise('bad-unlock', m.pc, m.pc);
        return Exit.failed;
      }
      m.set(mutex, 0);
      if (!fault) m.set(slot, cell(m, slot) | (1 << task));
      return m.code[row + Row.next] as number;
    },
  }),
  pthread_cond_wait_woken: operation({
    kernel: 'pthread_cond_wait (nptl/pthread_cond_wait.c)',
    says: 'The wait passes when it is woken; the mutex is taken behind it.',
    operands: [place('cond', ['pthread_cond'], 'writes')],
    partOf: 'pthread_cond_wait',
    wait: { until: isWoken, holders: 'unknown', endsBy: 'anyone' },
    lock: 'none',
    sleeps: false,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if (waits(m, slot, task)) {
        const bit = 1 << task;
        m.set(slot, cell(m, slot) & ~bit);
        m.set(slot + CALLED, cell(m, slot + CALLED) & ~bit);
        m.set(slot + SIGNALS, cell(m, slot + SIGNALS) - 1);
        settle(m, slot);
      }
      return m.code[row + Row.next] as number;
    },
  }),
  pthread_cond_signal: operation({
    ...PLAIN,
    kernel: 'pthread_cond_signal (nptl/pthread_cond_signal.c)',
    says: 'Wakes one of those that wait now; none: nothing.',
    operands: [place('cond', ['pthread_cond'], 'writes')],
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const waiting = cell(m, slot);
      if (waiting !== 0) {
        m.set(slot + CALLED, waiting);
        m.set(slot + SIGNALS, cell(m, slot + SIGNALS) + 1);
        settle(m, slot);
      }
      return m.code[row + Row.next] as number;
    },
  }),
  pthread_cond_broadcast: operation({
    ...PLAIN,
    kernel: 'pthread_cond_broadcast (nptl/pthread_cond_broadcast.c)',
    says: 'Wakes all that wait now.',
    operands: [place('cond', ['pthread_cond'], 'writes')],
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(slot, 0);
      m.set(slot + SIGNALS, 0);
      m.set(slot + CALLED, 0);
      return m.code[row + Row.next] as number;
    },
  }),
};
