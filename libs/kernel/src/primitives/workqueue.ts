/**
 * Workqueues (kernel/workqueue.c) as ordered queues: one worker per queue object runs one item at a time, first in
 * first out. Queueing a pending item does nothing. flush and destroy are two steps, arrive and pass: flush waits for
 * the items present at arrival (counted down as items end), destroy for all, then frees the queue. Waiting for an item
 * that runs is a wait with a known holder, so a worker that flushes its own queue is a deadlock of length one.
 */
import type { Machine } from '../machine/machine.js';
import { Op } from '../ops/opcode.js';
import { release } from './memory.js';
import { runLocals } from './control.js';
import { MODULE_GONE } from './module.js';
import { Exit, Item, Row } from '../machine/row.js';

/** Whether an idle worker has something to take. */
export function hasItem(m: Machine, task: number): boolean {
  const fifo = m.tables.taskFifo[task] as number;
  return fifo >= 0 && (m.state[fifo] as number) !== 0;
}

/** process_one_work: the worker takes the first pending item and stands at its function's entry. */
export function takeItem(m: Machine, task: number): number {
  const { layout, program } = m.tables;
  const worker = layout.tasks[task];
  const queue = layout.objects[worker?.queue ?? 0];
  if (worker === undefined || queue === null || queue === undefined) return 0;
  const number = m.state[queue.fifo] as number;
  for (let i = 1; i < queue.fifoLength; i++)
    m.set(queue.fifo + i - 1, m.state[queue.fifo + i] as number);
  m.set(queue.fifo + queue.fifoLength - 1, 0);
  m.set(worker.item, number);
  const item = layout.items[number];
  const body = program.bodies[program.works[item?.work ?? 0]?.body ?? 0];
  if (item === null || item === undefined || body === undefined) return 0;
  const outermost = workFunction(m, body.entry);
  const module = program.functions[outermost]?.module;
  if (
    module !== undefined &&
    (m.state[(layout.modules[module] ?? 0) + 1] as number) === MODULE_GONE
  ) {
    m.failure.moduleTextOf(outermost, module);
    return Exit.failed;
  }
  const life = m.state[m.tables.life[item.object] as number] as number;
  if (life > (m.tables.liveMax[item.object] as number)) {
    m.failure.objectIn(outermost, item.object, life);
    return Exit.failed;
  }
  m.set(worker.locals, item.object);
  return runLocals(m, task, body.entry);
}

/** The function the item is bound to: the outermost frame of a real function. */
function workFunction(m: Machine, entry: number): number {
  const { frames, code, functions } = m.tables.program;
  let fn = m.tables.fn[entry] as number;
  for (let f = code[entry]?.frame ?? -1; f >= 0; f = frames[f]?.caller ?? -1) {
    const candidate = frames[f]?.fn ?? fn;
    if (functions[candidate]?.file !== '-') fn = candidate;
  }
  return fn;
}

export function queue_work(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + Row.arg);
  const owner = m.state[
    (m.localBase[task] as number) + (m.code[row + Row.arg + 1] as number)
  ] as number;
  if (!m.alive(number, row + Row.arg) || !m.alive(owner, row + Row.arg + 1)) return Exit.failed;
  const next = m.code[row + Row.next] as number;
  const queue = m.tables.layout.objects[number];
  if (queue === null || queue === undefined) return next;
  const item = m.tables.itemOfField[
    (owner << Item.fieldBits) | (m.code[row + Row.arg + 2] as number)
  ] as number;
  if ((m.state[queue.draining] as number) !== 0 || isPending(m, item)) return next;
  let end = queue.fifo;
  while ((m.state[end] as number) !== 0) end++;
  m.set(end, item);
  return next;
}

function isPending(m: Machine, item: number): boolean {
  const { fifoSlots } = m.tables;
  for (let i = 0; i < fifoSlots.length; i++)
    if ((m.state[fifoSlots[i] as number] as number) === item) return true;
  return false;
}

/** Arrive: counts the items that the flush has to wait for. */
export function flush_workqueue(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + Row.arg + 1);
  if (!m.alive(number, row + Row.arg + 1)) return Exit.failed;
  const queue = m.tables.layout.objects[number];
  let count = runningTask(m, number) >= 0 ? 1 : 0;
  if (queue !== null && queue !== undefined)
    for (let i = 0; i < queue.fifoLength; i++)
      if ((m.state[queue.fifo + i] as number) !== 0) count++;
  m.edges.acquire(m, task, m.tables.classOfQueueType[m.tables.typeOf[number] as number] as number);
  m.set((m.localBase[task] as number) + (m.code[row + Row.arg] as number), count);
  return m.code[row + Row.next] as number;
}

export function flushed(m: Machine, task: number, row: number): boolean {
  return m.value(task, row + Row.arg + 1) === 0;
}

export function flush_workqueue_wait(m: Machine, _task: number, row: number): number {
  return m.code[row + Row.next] as number;
}

/** Arrive: from here on nothing more is accepted. */
export function destroy_workqueue(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + Row.arg);
  if (!m.alive(number, row + Row.arg)) return Exit.failed;
  const queue = m.tables.layout.objects[number];
  if (queue !== null && queue !== undefined) m.set(queue.draining, 1);
  m.edges.acquire(m, task, m.tables.classOfQueueType[m.tables.typeOf[number] as number] as number);
  return m.code[row + Row.next] as number;
}

export function drained(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  const number = m.pointer(task, row + Row.arg);
  const queue = m.tables.layout.objects[number];
  const empty =
    queue === null ||
    queue === undefined ||
    queue.fifoLength === 0 ||
    (m.state[queue.fifo] as number) === 0;
  return empty && runningTask(m, number) < 0;
}

export function destroy_workqueue_wait(m: Machine, task: number, row: number): number {
  const number = m.pointer(task, row + Row.arg);
  if (!m.alive(number, row + Row.arg) || !release(m, number)) return Exit.failed;
  const queue = m.tables.layout.objects[number];
  if (queue !== null && queue !== undefined) m.set(queue.draining, 0);
  return m.code[row + Row.next] as number;
}

/** The item's function has returned: the worker is idle, and flushes count one down. */
export function work_done(m: Machine, task: number): number {
  const worker = m.tables.layout.tasks[task];
  if (worker === undefined) return 0;
  for (let t = 0; t <= m.taskCount - 1; t++) {
    const row = (m.state[m.pcSlot[t] as number] as number) << Row.shift;
    if ((m.code[row + Row.op] as Op) !== Op.flush_workqueue_wait) continue;
    if (m.pointer(t, row + Row.arg) !== worker.queue) continue;
    const counter = (m.localBase[t] as number) + (m.code[row + Row.arg + 2] as number);
    if ((m.state[counter] as number) > 0) m.set(counter, (m.state[counter] as number) - 1);
  }
  m.set(worker.item, 0);
  for (let i = 0; i < worker.localCount; i++) m.set(worker.locals + i, 0);
  return 0;
}

/** Mask of the worker that runs an item of the queue a blocked task waits for. */
export function runner(m: Machine, task: number, row: number): number {
  const worker = runningTask(m, m.pointer(task, row + Row.arg));
  return worker < 0 ? 0 : 1 << worker;
}

/** The worker that runs an item of the queue, or -1. */
function runningTask(m: Machine, queue: number): number {
  const worker = m.tables.workerOf[queue] as number;
  return worker >= 0 && (m.state[m.tables.itemSlotOf[worker] as number] as number) !== 0
    ? worker
    : -1;
}
