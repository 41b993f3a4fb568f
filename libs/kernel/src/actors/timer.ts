/**
 * A timer (kernel/time/timer.c, call_timer_fn): idle until its time has come, which the machine says (../machine/held-back.ts);
 * then it runs its function, at most once at a time, or, of delayed work, puts its item on the queue in the same step.
 * Its function runs in softirq: the pseudo-class of the function, held meanwhile, is one that its holder must not sleep with.
 * Detectors: use-after-free of the object that embeds it, or of the queue; text of a module that is gone.
 */
import { assert, at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { Exit } from '../operation/row.js';
import { enqueue } from '../primitives/support/queueing.js';
import type { TimerActor } from './actor.js';
import { enter, isSound, isThere } from './item.js';

/** @returns where the timer stands then, or FAILED */
export function fire(m: Kernel, task: number, timer: TimerActor): number {
  const { layout, program } = m.tables;
  const number = m.state[timer.armed] as number;
  const item = layout.items[number];
  assert(item !== null && item !== undefined, 'a timer that fires is armed');
  const { body } = at(program.works, item.work);
  m.set(timer.armed, 0);
  if (!isSound(m, body, item.object)) return Exit.failed;
  if (timer.queue >= 0) return queueWork(m, task, timer, number, body);
  m.set(timer.item, number);
  return enter(m, task, timer.locals, body, item.object);
}

/** delayed_work_timer_fn() */
function queueWork(
  m: Kernel,
  task: number,
  timer: TimerActor,
  number: number,
  body: number,
): number {
  const fn = m.tables.entryFunction[body] as number;
  const queue = m.state[timer.queue] as number;
  m.set(timer.queue, 0);
  if (!isThere(m, fn, queue)) return Exit.failed;
  enqueue(m, task, queue, number, fn);
  return 0;
}
