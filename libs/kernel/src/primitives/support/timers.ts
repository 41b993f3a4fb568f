/**
 * Steps of calls on a timer that runs its function itself, alike for timer_list and hrtimer. The field says whether it has a
 * function; whether it is armed, and runs, is its actor's. A timer runs while its actor stands in the function.
 */
import type { FieldSlot } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import { acquires, type LockUse } from '../../operation/lock-use.js';
import { dst } from '../../operation/operand.js';
import type { Step, Wait } from '../../operation/operation.js';
import { Exit, Row } from '../../operation/row.js';
import { isArmed, item, itemAt } from './items.js';

export const timerSlots = (): readonly FieldSlot[] => [{ suffix: '.function', max: 1 }];

/** Whether it was armed. */
export const wasArmed = dst('was', { from: 0, to: 1 });

/** As lockdep sees the wait for a timer's function. */
export const WAITS_FOR: LockUse = { ...acquires('nothing', ['exclusive']), operand: 1 };

/** Mask of the timer, if its function runs. */
function running(m: Kernel, number: number): number {
  const timer = m.tables.timerOf[number] as number;
  return timer >= 0 && (m.state[m.pcSlot[timer] as number] as number) !== 0 ? 1 << timer : 0;
}

const armedSlot = (m: Kernel, number: number): number =>
  m.tables.armedSlotOf[m.tables.timerOf[number] as number] as number;

const hasFunction = (m: Kernel, number: number): boolean =>
  (m.state[m.tables.slotOfItem[number] as number] as number) !== 0;

/** @param at offset of the timer among the operands */
const notRunning = (at: number): Wait => ({
  until: (m, task, row) =>
    m.dangling(task, row + at) || running(m, itemAt(m, task, row + at)) === 0,
  holders: (m, task, row) => running(m, itemAt(m, task, row + at)),
  endsBy: 'holders',
});

/** Until its function does not run: of a call with a result, and of one without. */
export const ended = notRunning(Row.arg + 1);
export const endedAlone = notRunning(Row.arg);

const disarm = (m: Kernel, number: number): boolean => {
  const was = isArmed(m, number);
  m.set(armedSlot(m, number), 0);
  return was;
};

/** Gives it its function. One that is armed should not be set up again. */
export const setUp: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg);
  if (number === Exit.failed) return Exit.failed;
  if (isArmed(m, number)) m.edges.warn(m.pc, 'timer is active');
  m.set(m.tables.slotOfItem[number] as number, 1);
  return m.code[row + Row.next] as number;
};

/** Arms it; whether it was armed goes into the result. One without a function stays as it is. */
export const modify: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg + 1);
  if (number === Exit.failed) return Exit.failed;
  m.set(m.local(task, row + Row.arg), isArmed(m, number) ? 1 : 0);
  if (hasFunction(m, number)) m.set(armedSlot(m, number), number);
  return m.code[row + Row.next] as number;
};

/** Arms it; a warning where it has no function. */
export const start: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg);
  if (number === Exit.failed) return Exit.failed;
  if (hasFunction(m, number)) m.set(armedSlot(m, number), number);
  else m.edges.warn(m.pc, 'timer has no function');
  return m.code[row + Row.next] as number;
};

/** @returns the timer, or FAILED */
function disarmed(m: Kernel, task: number, row: number): number {
  const number = item(m, task, row + Row.arg + 1);
  if (number !== Exit.failed) m.set(m.local(task, row + Row.arg), disarm(m, number) ? 1 : 0);
  return number;
}

/** Disarms it; whether it was armed goes into the result. */
export const cancel: Step = (m, task, row) =>
  disarmed(m, task, row) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);

/** Disarms it unless its function runs: then the result is -1. */
export const tryToCancel: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg + 1);
  if (number === Exit.failed) return Exit.failed;
  if (running(m, number) === 0) return cancel(m, task, row, false);
  m.set(m.local(task, row + Row.arg), -1);
  return m.code[row + Row.next] as number;
};

/** Disarms it and takes its function, so that nothing arms it again. */
export const shutDown: Step = (m, task, row) => {
  const number = disarmed(m, task, row);
  if (number === Exit.failed) return Exit.failed;
  m.set(m.tables.slotOfItem[number] as number, 0);
  return m.code[row + Row.next] as number;
};

/** The wait for its function is over. */
export const pass: Step = (m, task, row) =>
  item(m, task, row + Row.arg) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);

/** Leaves by `alt` where it is not armed. */
export const pending: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg);
  if (number === Exit.failed) return Exit.failed;
  return m.code[row + (isArmed(m, number) ? Row.next : Row.alt)] as number;
};
