/**
 * What operations ask of a workqueue: where its items are, and who serves it. A queue runs as many items at once as it has
 * workers, each the first pending one that no other worker of the queue runs: an item never runs beside itself.
 */
import { AssertionError } from '../../assert.js';
import type { WorkerActor } from '../../actors/actor.js';
import type { Kernel } from '../../operation/kernel.js';
import type { ObjectLayout } from '../../state/layout-types.js';

export function queueOf(m: Kernel, number: number): ObjectLayout {
  const queue = m.tables.layout.objects[number];
  if (queue === null || queue === undefined)
    throw new AssertionError(`object ${number} is a queue`);
  return queue;
}

/** The item that a worker runs, 0 for none. */
const itemOf = (m: Kernel, worker: number): number =>
  m.state[m.tables.itemSlotOf[worker] as number] as number;

/** Mask of the workers that run an item of the queue. */
export function running(m: Kernel, queue: number): number {
  const first = m.tables.workerOf[queue] as number;
  const end = first + (m.tables.workersOf[queue] as number);
  let mask = 0;
  for (let worker = first; worker < end; worker++) if (itemOf(m, worker) !== 0) mask |= 1 << worker;
  return mask;
}

/** Items pending on the queue. */
export function pendingOn(m: Kernel, number: number): number {
  const { fifo, fifoLength } = queueOf(m, number);
  let pending = 0;
  while (pending < fifoLength && (m.state[fifo + pending] as number) !== 0) pending++;
  return pending;
}

export function isIdle(m: Kernel, number: number): boolean {
  const { fifo, fifoLength } = queueOf(m, number);
  return (fifoLength === 0 || (m.state[fifo] as number) === 0) && running(m, number) === 0;
}

/** Place among the pending items of the one that the idle worker takes next, -1 if it has none to take. */
export function nextFor(m: Kernel, task: number, worker: WorkerActor): number {
  const { fifo, among, first } = worker;
  if (fifo < 0 || (m.state[fifo] as number) === 0) return -1;
  if (among === 1) return 0;
  for (let other = first; other < task; other++) if (itemOf(m, other) === 0) return -1;
  const pending = pendingOn(m, worker.queue);
  for (let i = 0; i < pending; i++)
    if (!isRunBy(m, m.state[fifo + i] as number, first, first + among)) return i;
  return -1;
}

function isRunBy(m: Kernel, item: number, from: number, end: number): boolean {
  for (let worker = from; worker < end; worker++) if (itemOf(m, worker) === item) return true;
  return false;
}

/** Takes the item at a place off the queue; those behind it move up. */
export function takeOff(m: Kernel, number: number, place: number): void {
  const { fifo, fifoLength } = queueOf(m, number);
  for (let i = place + 1; i < fifoLength; i++) m.set(fifo + i - 1, m.state[fifo + i] as number);
  m.set(fifo + fifoLength - 1, 0);
}
