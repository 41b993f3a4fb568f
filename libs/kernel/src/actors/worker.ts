/**
 * A worker of a workqueue (kernel/workqueue.c, worker_thread): idle until its queue has an item for it; process_one_work
 * takes the first such and stands at its function's entry. Detectors: use-after-free of the item's object, text of a module that is gone.
 */
import { assert, at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { Exit } from '../operation/row.js';
import { isGone } from '../primitives/module.js';
import { takenFrom } from '../primitives/support/flushes.js';
import { nextFor, takeOff } from '../primitives/support/queues.js';
import type { WorkerActor } from './actor.js';

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
  return isSound(m, body, item.object) ? start(m, task, worker, body, item.object) : Exit.failed;
}

function start(m: Kernel, task: number, worker: WorkerActor, body: number, object: number): number {
  m.set(worker.locals, object);
  return m.runLocals(task, at(m.tables.program.bodies, body).entry);
}

/** Whether function and object of the item are still there; if not a detector spoke. */
function isSound(m: Kernel, body: number, object: number): boolean {
  const { program, entryFunction } = m.tables;
  const fn = entryFunction[body] as number;
  const module = program.functions[fn]?.module;
  if (module !== undefined && isGone(m, module)) {
    m.failure.moduleTextOf(fn, module);
    return false;
  }
  const life = m.state[m.tables.life[object] as number] as number;
  if (life <= (m.tables.liveMax[object] as number)) return true;
  m.failure.objectIn(fn, object, life);
  return false;
}
