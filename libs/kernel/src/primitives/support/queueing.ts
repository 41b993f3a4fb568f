/**
 * Putting an item on a queue, and taking it back. A queue that drains takes what its own running items queue and refuses, with
 * a warning, what others do; an item that is pending, or disabled, is not queued.
 */
import { assert } from '../../assert.js';
import type { Kernel } from '../../operation/kernel.js';
import { cancelledOn, runIsOver } from './flushes.js';
import { countOf, isDisabled, isPending, pendingAt, runners } from './items.js';
import { pendingOn, queueOf, running, takeOff } from './queues.js';

/** Whether a task may queue work: not on a queue that drains, unless the task is an item that the queue runs. */
function accepts(m: Kernel, task: number, number: number): boolean {
  return (
    (m.state[queueOf(m, number).draining] as number) === 0 ||
    (running(m, number) & (1 << task)) !== 0
  );
}

/** @param fn the function that queues it. @returns whether the item was queued anew */
export function enqueue(
  m: Kernel,
  task: number,
  number: number,
  item: number,
  fn: number,
): boolean {
  if (isPending(m, item) || isDisabled(m, item)) return false;
  if (!accepts(m, task, number)) {
    const name = m.tables.program.types[m.tables.typeOf[number] as number]?.name ?? '';
    m.edges.warnIn(fn, `${name} is draining`);
    return false;
  }
  m.set(queueOf(m, number).fifo + pendingOn(m, number), item);
  return true;
}

/** The queue on which that slot holds a pending item. */
const queueWith = (m: Kernel, slot: number): number =>
  m.tables.layout.objects.findIndex(
    (object) => object !== null && slot >= object.fifo && slot < object.fifo + object.fifoLength,
  );

/** Takes a pending item off its queue, or disarms its timer. @returns whether it was pending */
export function takeBack(m: Kernel, item: number): boolean {
  if (dueOn(m, item) !== 0) return true;
  const index = pendingAt(m, item);
  if (index < 0) return false;
  const slot = m.tables.fifoSlots[index] as number;
  const queue = queueWith(m, slot);
  const place = slot - queueOf(m, queue).fifo;
  cancelledOn(m, queue, place);
  runIsOver(m, item, countOf(runners(m, item)));
  takeOff(m, queue, place);
  return true;
}

/** Disarms the timer of delayed work. @returns the queue that it was to go to, 0 if it was not armed */
export function dueOn(m: Kernel, item: number): number {
  const timer = m.tables.layout.tasks[m.tables.timerOf[item] as number];
  if (timer?.kind !== 'timer' || (m.state[timer.armed] as number) === 0) return 0;
  const queue = m.state[timer.queue] as number;
  m.set(timer.armed, 0);
  m.set(timer.queue, 0);
  return queue;
}

/** Arms the timer of delayed work, to go to the queue. */
export function delay(m: Kernel, item: number, queue: number): void {
  const timer = m.tables.layout.tasks[m.tables.timerOf[item] as number];
  assert(timer?.kind === 'timer', 'delayed work has a timer');
  m.set(timer.armed, item);
  m.set(timer.queue, queue);
}

/** How often the item will have ended when all that is ahead of now has: its runs, and the one that is pending. */
export const runsAhead = (m: Kernel, item: number): number =>
  countOf(runners(m, item)) + (pendingAt(m, item) >= 0 ? 1 : 0);
