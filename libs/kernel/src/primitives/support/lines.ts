/**
 * Steps of calls on an interrupt line. What the kernel keeps in irq_desc, which outlives the driver's object, is kept with the
 * handler that comes by it: whether it is requested, how often it is disabled, how many interrupts may still come.
 * `depth` is the kernel's while the line is requested, one less at rest, where the kernel counts it as disabled once.
 */
import { AssertionError } from '../../assert.js';
import type { HandlerActor } from '../../actors/actor.js';
import type { Kernel } from '../../operation/kernel.js';
import { acquires, type LockUse } from '../../operation/lock-use.js';
import type { Step, Wait } from '../../operation/operation.js';
import { Exit, Row } from '../../operation/row.js';
import { item, itemAt, runners } from './items.js';

/** As deadlocks see the wait for a handler; lockdep sees none. */
export const WAITS_FOR_HANDLER: LockUse = {
  ...acquires('nothing', ['exclusive']),
  ordered: false,
};

export function handlerOf(m: Kernel, number: number): HandlerActor {
  const actor = m.tables.layout.tasks[m.tables.handlerOf[number] as number];
  if (actor?.kind !== 'handler') throw new AssertionError(`item ${number} has a handler`);
  return actor;
}

/** Whether the line is requested, or the tasklet scheduled. */
export const isRaised = (m: Kernel, number: number): boolean =>
  (m.state[handlerOf(m, number).raised] as number) !== 0;

const running = (m: Kernel, task: number, row: number): number =>
  runners(m, itemAt(m, task, row + Row.arg));

/** Until the handler, or the function of a tasklet, does not run. Freeing its object ends the wait too, with a use-after-free. */
export const ended: Wait = {
  until: (m, task, row) => m.dangling(task, row + Row.arg) || running(m, task, row) === 0,
  holders: running,
  endsBy: 'anyone',
};

/** Until nobody waits in free_irq for the handler: it keeps others from the line until then (desc->request_mutex). */
export const lineFreed: Wait = {
  until: (m, task, row) =>
    m.dangling(task, row + Row.arg) ||
    running(m, task, row) === 0 ||
    isRaised(m, itemAt(m, task, row + Row.arg)),
  holders: 'unknown',
  endsBy: 'anyone',
};

/** Leaves by `alt` where somebody has the line. */
export const request: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg);
  if (number === Exit.failed) return Exit.failed;
  if (isRaised(m, number)) return m.code[row + Row.alt] as number;
  const { raised, left, depth } = handlerOf(m, number);
  m.set(raised, number);
  m.set(left, m.tables.slotMax[left] as number);
  m.set(depth, 0);
  return m.code[row + Row.next] as number;
};

export const free: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg);
  if (number === Exit.failed) return Exit.failed;
  if (isRaised(m, number)) {
    const { raised, left, depth } = handlerOf(m, number);
    m.set(raised, 0);
    m.set(left, 0);
    m.set(depth, 0);
  } else m.edges.warn(m.pc, 'Trying to free already-free IRQ');
  return m.code[row + Row.next] as number;
};

export const disable: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg);
  if (number === Exit.failed) return Exit.failed;
  const { depth } = handlerOf(m, number);
  m.count(depth, (m.state[depth] as number) + 1);
  return m.code[row + Row.next] as number;
};

export const enable: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg);
  if (number === Exit.failed) return Exit.failed;
  const { depth } = handlerOf(m, number);
  const least = isRaised(m, number) ? 0 : -1;
  if ((m.state[depth] as number) <= least) m.edges.warn(m.pc, 'Unbalanced enable for IRQ');
  else m.set(depth, (m.state[depth] as number) - 1);
  return m.code[row + Row.next] as number;
};

/** The wait is over. */
export const pass: Step = (m, task, row) =>
  item(m, task, row + Row.arg) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);
