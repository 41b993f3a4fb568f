/**
 * A worker of a workqueue (kernel/workqueue.c, worker_thread): idle until its queue has an item for it; process_one_work
 * takes the first such and stands at its function's entry. Detectors: use-after-free of the item's object, text of a module that is gone.
 */
import { assert, at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { Exit } from '../operation/row.js';
import { takenFrom } from '../primitives/support/flushes.js';
import { nextFor, takeOff } from '../primitives/support/queues.js';
import type { WorkerActor } from './actor.js';
import { enter, isSound } from './item.js';

export const hasItem = (m: Kernel, task: number, worker: WorkerActor): boolean =>
  nextFor(m, task, worker) >= 0;

/** @returns where the worker stands then, or FAILED */
export function takeItem(m: Kernel, task: number, worker: WorkerActor): number {
  const { layout, program } = m.tables;
  const place = nextFor(m, task, worker);
  assert(place >= 0, 'an idle worker that runs has an item');
  const number = m.state[worker.fifo + place] as number;
  takenFrom(m, worker.queue, place, task);
  takeOff(m, worker.queue, place);
  m.set(worker.item, number);
  const item = layout.items[number];
  assert(item !== null && item !== undefined, 'what a queue holds is an item');
  const { body } = at(program.works, item.work);
  if (!isSound(m, body, item.object)) return Exit.failed;
  return enter(m, task, worker.locals, body, item.object);
}
