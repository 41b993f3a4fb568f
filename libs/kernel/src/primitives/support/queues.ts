/** What operations ask of a workqueue: where its items are, and who serves it. */
import { AssertionError } from '../../assert.js';
import type { Kernel } from '../../operation/kernel.js';
import type { ObjectLayout } from '../../state/layout-types.js';

export function queueOf(m: Kernel, number: number): ObjectLayout {
  const queue = m.tables.layout.objects[number];
  if (queue === null || queue === undefined)
    throw new AssertionError(`object ${number} is a queue`);
  return queue;
}

/** The worker that runs an item of the queue, or -1. */
export function runningWorker(m: Kernel, queue: number): number {
  const worker = m.tables.workerOf[queue] as number;
  return worker >= 0 && (m.state[m.tables.itemSlotOf[worker] as number] as number) !== 0
    ? worker
    : -1;
}

export function isIdle(m: Kernel, number: number): boolean {
  const { fifo, fifoLength } = queueOf(m, number);
  return (fifoLength === 0 || (m.state[fifo] as number) === 0) && runningWorker(m, number) < 0;
}
