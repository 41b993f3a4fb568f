/**
 * Workqueues (kernel/workqueue.c) as ordered queues: one worker per queue object runs one item at a time, first in
 * first out. Queueing a pending item does nothing. flush and destroy are two steps, arrive and pass: flush waits for
 * the items present at arrival (counted down as items end); destroy drains until the queue is empty, then frees it. A
 * queue that drains takes what its own running item queues and refuses what others queue, with a warning. Waiting for
 * an item that runs is a wait with a known holder, so a worker that flushes its own queue is a deadlock of length one.
 * How a worker takes an item is in ../actors/worker.ts.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { acquires } from '../operation/lock-use.js';
import { dst, place, queue, value, type Gives } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Item, Meta, Row } from '../operation/row.js';
import { release } from './memory.js';
import { isIdle, queueOf, runningWorker } from './support/queues.js';

export const kinds = {
  work: fieldKind('struct work_struct', { slots: () => [], names: 'work' }),
};

/** Offset of the counter in flush_workqueue_wait: [queue, [1, local]]. */
const COUNTER = 2;

function isPending(m: Kernel, item: number): boolean {
  const { fifoSlots } = m.tables;
  for (let i = 0; i < fifoSlots.length; i++)
    if ((m.state[fifoSlots[i] as number] as number) === item) return true;
  return false;
}

/** Whether a task may queue work: not on a queue that drains, unless the task is the item that the queue runs. */
function accepts(m: Kernel, task: number, number: number): boolean {
  return (
    (m.state[queueOf(m, number).draining] as number) === 0 || runningWorker(m, number) === task
  );
}

/** Each flush of the queue waits for one item less. */
function countDown(m: Kernel, served: number): void {
  for (let t = 0; t < m.taskCount; t++) {
    const row = (m.state[m.pcSlot[t] as number] as number) << Row.shift;
    if (((m.code[row + Row.meta] as number) & Meta.counts) === 0) continue;
    if (m.pointer(t, row + Row.arg) !== served) continue;
    const counter = m.local(t, row + Row.arg + COUNTER);
    const left = m.state[counter] as number;
    if (left > 0) m.set(counter, left - 1);
  }
}

function runner(m: Kernel, task: number, row: number): number {
  const worker = runningWorker(m, m.pointer(task, row + Row.arg));
  return worker < 0 ? 0 : 1 << worker;
}

/** All items of the queue, and the one that runs. */
const mostAhead: Gives = {
  most: (facts, { args }, { locals }) => facts.itemsOn(locals[args[1] ?? -1]?.type ?? -1) + 1,
};

export const operations = {
  queue_work: operation({
    kernel: 'queue_work (kernel/workqueue.c)',
    says: 'Puts the item on the queue unless it is pending. A draining queue takes it only from its own item.',
    operands: [queue('queue', 'feeds'), place('item', ['work'], 'writes')],
    wait: 'never',
    lock: 'none',
    sleeps: false,
    raises: [],
    step: (m, task, row) => {
      const number = m.pointer(task, row + Row.arg);
      const owner = m.pointer(task, row + Row.arg + 1);
      if (!m.alive(number, row + Row.arg) || !m.alive(owner, row + Row.arg + 1)) return Exit.failed;
      const next = m.code[row + Row.next] as number;
      const field = m.code[row + Row.arg + 2] as number;
      const item = m.tables.itemOfField[(owner << Item.fieldBits) | field] as number;
      if (isPending(m, item)) return next;
      if (!accepts(m, task, number)) {
        const name = m.tables.program.types[m.tables.typeOf[number] as number]?.name ?? '';
        m.edges.warn(m.pc, `${name} is draining`);
        return next;
      }
      let end = queueOf(m, number).fifo;
      while ((m.state[end] as number) !== 0) end++;
      m.set(end, item);
      return next;
    },
  }),
  flush_workqueue: operation({
    kernel: '__flush_workqueue (kernel/workqueue.c)',
    says: 'A flush arrives: counts the items that it has to wait for.',
    operands: [dst('ahead', mostAhead), queue('queue', 'reads')],
    partOf: 'flush_workqueue',
    wait: 'never',
    lock: { ...acquires('nothing', []), operand: 1 },
    sleeps: true,
    raises: [],
    text: ([, of = '']) => `flush_workqueue(${of})`,
    step: (m, task, row) => {
      const number = m.pointer(task, row + Row.arg + 1);
      if (!m.alive(number, row + Row.arg + 1)) return Exit.failed;
      const { fifo, fifoLength } = queueOf(m, number);
      let ahead = runningWorker(m, number) >= 0 ? 1 : 0;
      for (let i = 0; i < fifoLength; i++) if ((m.state[fifo + i] as number) !== 0) ahead++;
      m.count(m.local(task, row + Row.arg), ahead);
      return m.code[row + Row.next] as number;
    },
  }),
  flush_workqueue_wait: operation({
    kernel: '__flush_workqueue (kernel/workqueue.c)',
    says: 'The flush passes when the items present at its arrival have ended.',
    operands: [queue('queue', 'reads'), value('ahead', 'nothing')],
    partOf: 'flush_workqueue',
    countsItems: true,
    wait: {
      until: (m, task, row) => m.value(task, row + Row.arg + 1) === 0,
      holders: runner,
      endsBy: 'holders',
    },
    lock: { ...acquires('nothing', ['exclusive']), ordered: false },
    sleeps: false,
    raises: [],
    text: ([of = '']) => `flush_workqueue(${of})`,
    step: (m, _task, row) => m.code[row + Row.next] as number,
  }),
  destroy_workqueue: operation({
    kernel: 'destroy_workqueue (kernel/workqueue.c)',
    says: "Destruction arrives: from here on only the queue's own items may queue more.",
    operands: [queue('queue', 'writes')],
    partOf: 'destroy_workqueue',
    wait: 'never',
    lock: acquires('nothing', []),
    sleeps: true,
    raises: [],
    step: (m, task, row) => {
      const number = m.pointer(task, row + Row.arg);
      if (!m.alive(number, row + Row.arg)) return Exit.failed;
      m.set(queueOf(m, number).draining, 1);
      return m.code[row + Row.next] as number;
    },
  }),
  destroy_workqueue_wait: operation({
    kernel: 'drain_workqueue (kernel/workqueue.c)',
    says: 'Destruction passes when the queue is empty and idle, and frees it.',
    operands: [queue('queue', 'frees')],
    partOf: 'destroy_workqueue',
    wait: {
      until: (m, task, row) =>
        m.dangling(task, row + Row.arg) || isIdle(m, m.pointer(task, row + Row.arg)),
      holders: runner,
      endsBy: 'holders',
    },
    lock: { ...acquires('nothing', ['exclusive']), ordered: false },
    sleeps: false,
    raises: ['double-free'],
    step: (m, task, row) => {
      const number = m.pointer(task, row + Row.arg);
      if (!m.alive(number, row + Row.arg) || !release(m, number)) return Exit.failed;
      m.set(queueOf(m, number).draining, 0);
      return m.code[row + Row.next] as number;
    },
  }),
  work_done: operation({
    kernel: 'process_one_work (kernel/workqueue.c)',
    says: "The item's function has returned: the worker is idle, and flushes count one down. A lock still held is a leak.",
    operands: [],
    endsItem: true,
    wait: 'never',
    lock: 'none',
    sleeps: false,
    raises: ['leak'],
    step: (m, task) => {
      const worker = m.tables.layout.tasks[task];
      if (worker?.kind !== 'worker') return 0;
      countDown(m, worker.queue);
      m.set(worker.item, 0);
      for (let i = 0; i < worker.localCount; i++) m.set(worker.locals + i, 0);
      const held = m.edges.heldBy(m, task);
      if (held === 0) return 0;
      m.failure.heldLocks(m.tables.entryFunction[m.tables.bodyOf[m.pc] as number] as number, held);
      return Exit.failed;
    },
  }),
};
