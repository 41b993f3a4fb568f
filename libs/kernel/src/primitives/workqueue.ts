/**
 * Workqueues (kernel/workqueue.c) as ordered queues: one worker per queue object runs one item at a time, first in
 * first out. Queueing a pending item does nothing. flush and destroy are two steps, arrive and pass: flush waits for
 * the items present at arrival (counted down as items end), destroy for all, then frees the queue. Waiting for an item
 * that runs is a wait with a known holder, so a worker that flushes its own queue is a deadlock of length one.
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { Op } from '../ops/opcode.js';
import { ARG, FIELD_BITS, NEXT, OP, ROW_SHIFT } from '../machine/tables.js';
import { cell } from '../state/cell.js';
import { release } from './memory.js';
import { runLocals } from './control.js';
import { MODULE_GONE } from './module.js';

/** Whether an idle worker has something to take. */
export function hasItem(m: Machine, task: number): boolean {
  const fifo = cell(m.tables.taskFifo, task);
  return fifo >= 0 && cell(m.state, fifo) !== 0;
}

/** process_one_work: the worker takes the first pending item and stands at its function's entry. */
export function takeItem(m: Machine, task: number): number {
  const { layout, program } = m.tables;
  const worker = layout.tasks[task];
  const queue = layout.objects[worker?.queue ?? 0];
  if (worker === undefined || queue === null || queue === undefined) return 0;
  const number = cell(m.state, queue.fifo);
  for (let i = 1; i < queue.fifoLength; i++)
    m.state[queue.fifo + i - 1] = cell(m.state, queue.fifo + i);
  m.state[queue.fifo + queue.fifoLength - 1] = 0;
  m.state[worker.item] = number;
  const item = layout.items[number];
  const body = program.bodies[program.works[item?.work ?? 0]?.body ?? 0];
  if (item === null || item === undefined || body === undefined) return 0;
  const outermost = workFunction(m, body.entry);
  const module = program.functions[outermost]?.module;
  if (module !== undefined && cell(m.state, (layout.modules[module] ?? 0) + 1) === MODULE_GONE) {
    m.failure.moduleTextOf(outermost, module);
    return FAILED;
  }
  const life = cell(m.state, cell(m.tables.life, item.object));
  if (life > cell(m.tables.liveMax, item.object)) {
    m.failure.objectIn(outermost, item.object, life);
    return FAILED;
  }
  m.state[worker.locals] = item.object;
  return runLocals(m, task, body.entry);
}

/** The function the item is bound to: the outermost frame of a real function. */
function workFunction(m: Machine, entry: number): number {
  const { frames, code, functions } = m.tables.program;
  let fn = cell(m.tables.fn, entry);
  for (let f = code[entry]?.frame ?? -1; f >= 0; f = frames[f]?.caller ?? -1) {
    const candidate = frames[f]?.fn ?? fn;
    if (functions[candidate]?.file !== '-') fn = candidate;
  }
  return fn;
}

export function queue_work(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + ARG);
  const owner = cell(m.state, cell(m.localBase, task) + cell(m.code, row + ARG + 1));
  if (!m.alive(number, row + ARG) || !m.alive(owner, row + ARG + 1)) return FAILED;
  const next = cell(m.code, row + NEXT);
  const queue = m.tables.layout.objects[number];
  if (queue === null || queue === undefined) return next;
  const item = cell(m.tables.itemOfField, (owner << FIELD_BITS) | cell(m.code, row + ARG + 2));
  if (cell(m.state, queue.draining) !== 0 || isPending(m, item)) return next;
  let end = queue.fifo;
  while (cell(m.state, end) !== 0) end++;
  m.state[end] = item;
  return next;
}

function isPending(m: Machine, item: number): boolean {
  const { fifoSlots } = m.tables;
  for (let i = 0; i < fifoSlots.length; i++)
    if (cell(m.state, cell(fifoSlots, i)) === item) return true;
  return false;
}

/** Arrive: counts the items that the flush has to wait for. */
export function flush_workqueue(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + ARG + 1);
  if (!m.alive(number, row + ARG + 1)) return FAILED;
  const queue = m.tables.layout.objects[number];
  let count = runningTask(m, number) >= 0 ? 1 : 0;
  if (queue !== null && queue !== undefined)
    for (let i = 0; i < queue.fifoLength; i++) if (cell(m.state, queue.fifo + i) !== 0) count++;
  m.edges.acquire(m, task, cell(m.tables.classOfQueueType, cell(m.tables.typeOf, number)));
  m.state[cell(m.localBase, task) + cell(m.code, row + ARG)] = count;
  return cell(m.code, row + NEXT);
}

export function flushed(m: Machine, task: number, row: number): boolean {
  return m.value(task, row + ARG + 1) === 0;
}

export function flush_workqueue_wait(m: Machine, _task: number, row: number): number {
  return cell(m.code, row + NEXT);
}

/** Arrive: from here on nothing more is accepted. */
export function destroy_workqueue(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + ARG);
  if (!m.alive(number, row + ARG)) return FAILED;
  const queue = m.tables.layout.objects[number];
  if (queue !== null && queue !== undefined) m.state[queue.draining] = 1;
  m.edges.acquire(m, task, cell(m.tables.classOfQueueType, cell(m.tables.typeOf, number)));
  return cell(m.code, row + NEXT);
}

export function drained(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + ARG)) return true;
  const number = m.pointer(task, row + ARG);
  const queue = m.tables.layout.objects[number];
  const empty =
    queue === null ||
    queue === undefined ||
    queue.fifoLength === 0 ||
    cell(m.state, queue.fifo) === 0;
  return empty && runningTask(m, number) < 0;
}

export function destroy_workqueue_wait(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + ARG);
  if (!m.alive(number, row + ARG) || !release(m, number)) return FAILED;
  const queue = m.tables.layout.objects[number];
  if (queue !== null && queue !== undefined) m.state[queue.draining] = 0;
  return cell(m.code, row + NEXT);
}

/** The item's function has returned: the worker is idle, and flushes count one down. */
export function work_done(m: Machine, task: number): number {
  const worker = m.tables.layout.tasks[task];
  if (worker === undefined) return 0;
  for (let t = 0; t <= m.taskCount - 1; t++) {
    const row = cell(m.state, cell(m.pcSlot, t)) << ROW_SHIFT;
    if ((cell(m.code, row + OP) as Op) !== Op.flush_workqueue_wait) continue;
    if (m.pointer(t, row + ARG) !== worker.queue) continue;
    m.reachedOthers = true;
    const counter = cell(m.localBase, t) + cell(m.code, row + ARG + 2);
    if (cell(m.state, counter) > 0) m.state[counter] = cell(m.state, counter) - 1;
  }
  m.state[worker.item] = 0;
  for (let i = 0; i < worker.localCount; i++) m.state[worker.locals + i] = 0;
  return 0;
}

/** Mask of the worker that runs an item of the queue a blocked task waits for. */
export function runner(m: Machine, task: number, row: number): number {
  const worker = runningTask(m, m.pointer(task, row + ARG));
  return worker < 0 ? 0 : 1 << worker;
}

/** The worker that runs an item of the queue, or -1. */
function runningTask(m: Machine, queue: number): number {
  const worker = cell(m.tables.workerOf, queue);
  return worker >= 0 && cell(m.state, cell(m.tables.itemSlotOf, worker)) !== 0 ? worker : -1;
}
