/**
 * What flushes wait for, counted down in a local of each as items end, begin or are cancelled. A flush of a queue with one
 * worker counts items; with more, items end in any order, so it counts those still pending above the mask of the workers
 * that run one of them. A flush of one item counts the runs of it that were ahead.
 */
import type { Kernel } from '../../operation/kernel.js';
import { Meta, Row } from '../../operation/row.js';
import { itemAt } from './items.js';
import { pendingOn, running } from './queues.js';

/** Offset of the counter in flush_workqueue_wait, [queue, [1, local]], and in flush_work_wait, [item, [1, local]]. */
const OF_QUEUE = 2;
const OF_ITEM = 3;

/** Slot of the counter of the flush of the queue that the task is in, -1 if it is in none. */
function flushOf(m: Kernel, task: number, queue: number): number {
  const row = (m.state[m.pcSlot[task] as number] as number) << Row.shift;
  if (((m.code[row + Row.meta] as number) & Meta.counts) === 0) return -1;
  if (m.pointer(task, row + Row.arg) !== queue) return -1;
  return m.local(task, row + Row.arg + OF_QUEUE);
}

/** The same of a flush of the item. */
function flushOfItem(m: Kernel, task: number, item: number): number {
  const row = (m.state[m.pcSlot[task] as number] as number) << Row.shift;
  if (((m.code[row + Row.meta] as number) & Meta.countsRuns) === 0) return -1;
  if (itemAt(m, task, row + Row.arg) !== item) return -1;
  return m.local(task, row + Row.arg + OF_ITEM);
}

const masks = (m: Kernel, queue: number): boolean => (m.tables.workersOf[queue] as number) > 1;

/** All that a flush of the queue has to wait for now. */
export function aheadOn(m: Kernel, queue: number): number {
  const workers = m.tables.workersOf[queue] as number;
  const pending = pendingOn(m, queue);
  const mask = running(m, queue);
  if (workers === 1) return pending + (mask === 0 ? 0 : 1);
  return (pending << workers) | (mask >> (m.tables.workerOf[queue] as number));
}

/** Mask of the workers that run something that a flush with this counter waits for. */
export function awaited(m: Kernel, queue: number, counter: number): number {
  const workers = m.tables.workersOf[queue] as number;
  if (workers === 1) return running(m, queue);
  return (counter & ((1 << workers) - 1)) << (m.tables.workerOf[queue] as number);
}

/** The worker has ended an item of the queue. */
export function endedOn(m: Kernel, queue: number, worker: number): void {
  for (let t = 0; t < m.taskCount; t++) {
    const counter = flushOf(m, t, queue);
    if (counter < 0) continue;
    const ahead = m.state[counter] as number;
    if (masks(m, queue))
      m.set(counter, ahead & ~(1 << (worker - (m.tables.workerOf[queue] as number))));
    else if (ahead > 0) m.set(counter, ahead - 1);
  }
}

/** The worker takes the item at the place; only where a queue has several does that change a counter. */
export function takenFrom(m: Kernel, queue: number, place: number, worker: number): void {
  if (!masks(m, queue)) return;
  const workers = m.tables.workersOf[queue] as number;
  for (let t = 0; t < m.taskCount; t++) {
    const counter = flushOf(m, t, queue);
    if (counter < 0 || place >= (m.state[counter] as number) >> workers) continue;
    const bit = 1 << (worker - (m.tables.workerOf[queue] as number));
    m.set(counter, ((m.state[counter] as number) - (1 << workers)) | bit);
  }
}

/** The item at the place will not run. */
export function cancelledOn(m: Kernel, queue: number, place: number): void {
  const workers = m.tables.workersOf[queue] as number;
  const one = masks(m, queue) ? 1 << workers : 1;
  const before = masks(m, queue) || running(m, queue) === 0 ? place : place + 1;
  for (let t = 0; t < m.taskCount; t++) {
    const counter = flushOf(m, t, queue);
    if (counter < 0) continue;
    const ahead = m.state[counter] as number;
    const pending = masks(m, queue) ? ahead >> workers : ahead;
    if (before < pending) m.set(counter, ahead - one);
  }
}

/** A run of the item has ended, or will not begin: flushes of it that wait for more than `behind` runs wait for one less. */
export function runIsOver(m: Kernel, item: number, behind: number): void {
  for (let t = 0; t < m.taskCount; t++) {
    const counter = flushOfItem(m, t, item);
    if (counter < 0) continue;
    const ahead = m.state[counter] as number;
    if (ahead > behind) m.set(counter, ahead - 1);
  }
}
