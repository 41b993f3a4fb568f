/**
 * Workqueues (kernel/workqueue.c): the workers of a queue object, one unless its type says more, take its items first in
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
import { Exit, Item, Row } from '../operation/row.js';
import { release } from './memory.js';
import { itemSlots } from './support/cancelling.js';
import { aheadOn, awaited, endedOn, runIsOver } from './support/flushes.js';
import { enqueue } from './support/queueing.js';
import { isIdle, queueOf, running } from './support/queues.js';

export const kinds = {
  work: fieldKind('struct work_struct', { slots: (_, sizes) => itemSlots(sizes), names: 'work' }),
};

/** Those that run something the flush waits for. */
const ahead = (m: Kernel, task: number, row: number): number =>
  awaited(m, m.pointer(task, row + Row.arg), m.value(task, row + Row.arg + 1));

const busy = (m: Kernel, task: number, row: number): number =>
  running(m, m.pointer(task, row + Row.arg));

/** All items of the queue, and the one that runs; of a queue with more workers what ./support/flushes.ts makes of them. */
const mostAhead: Gives = {
  most: (facts, { args }, { locals }) => {
    const queue = locals[args[1] ?? -1]?.type ?? -1;
    const { workers = 1 } = facts.program.types[queue] ?? {};
    const items = facts.itemsOn(queue);
    return workers === 1 ? items + 1 : ((items + 1) << workers) - 1;
  },
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
      const field = m.code[row + Row.arg + 2] as number;
      const item = m.tables.itemOfField[(owner << Item.fieldBits) | field] as number;
      enqueue(m, task, number, item, m.tables.fn[m.pc] as number);
      return m.code[row + Row.next] as number;
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
      m.count(m.local(task, row + Row.arg), aheadOn(m, number));
      return m.code[row + Row.next] as number;
    },
  }),
  flush_workqueue_wait: operation({
    kernel: '__flush_workqueue (kernel/workqueue.c)',
    says: 'The flush passes when the items present at its arrival have ended.',
    operands: [queue('queue', 'reads'), value('ahead', 'nothing')],
    partOf: 'flush_workqueue',
    countsItems: 'queue',
    wait: {
      until: (m, task, row) => m.value(task, row + Row.arg + 1) === 0,
      holders: ahead,
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
      holders: busy,
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
    says: "The item's function has returned: the worker or timer is idle, and flushes count one down. A lock still held is a leak.",
    operands: [],
    endsItem: true,
    wait: 'never',
    lock: 'none',
    sleeps: false,
    raises: ['leak'],
    step: (m, task) => {
      const actor = m.tables.layout.tasks[task];
      if (actor === undefined || actor.kind === 'task') return 0;
      if (actor.kind === 'worker') {
        endedOn(m, actor.queue, task);
        runIsOver(m, m.state[actor.item] as number, 0);
      }
      m.set(actor.item, 0);
      for (let i = 0; i < actor.localCount; i++) m.set(actor.locals + i, 0);
      const held = m.edges.heldBy(m, task);
      if (held === 0) return 0;
      m.failure.heldLocks(m.tables.entryFunction[m.tables.bodyOf[m.pc] as number] as number, held);
      return Exit.failed;
    },
  }),
};
