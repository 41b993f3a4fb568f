/**
 * struct delayed_work (kernel/workqueue.c): work with a timer that queues it when its time has come, in one step
 * (actors/timer.ts). It is pending from when the timer is armed until a worker takes it, so a second queue_delayed_work does
 * nothing. Delays are at least one tick. All else is as of work (work.ts). destroy_workqueue does not wait for timers: one that fires then is a use-after-free of the queue.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { dst, place, queue } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import {
  callsOn,
  countRuns,
  flushed,
  idle,
  itemSlots,
  runsBefore,
  wasPending,
} from './support/cancelling.js';
import { isDisabled, isPending, item } from './support/items.js';
import { delay, dueOn, enqueue, takeBack } from './support/queueing.js';

const FILE = '(kernel/workqueue.c)';
const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
const ITEM = callsOn('delayed_work');

export const kinds = {
  delayed_work: fieldKind('struct delayed_work', {
    slots: (_, sizes) => itemSlots(sizes),
    names: 'work',
    fires: 'its work',
  }),
};

/** The item of [result, queue, item] where the queue and the object are there, else FAILED. */
function delayable(m: Kernel, task: number, row: number): number {
  if (!m.alive(m.pointer(task, row + Row.arg + 1), row + Row.arg + 1)) return Exit.failed;
  return item(m, task, row + Row.arg + 2);
}

/** Arms the timer. @returns where the task stands then */
function delayed(m: Kernel, task: number, row: number, number: number, result: boolean): number {
  m.set(m.local(task, row + Row.arg), result ? 1 : 0);
  if (!isPending(m, number) && !isDisabled(m, number))
    delay(m, number, m.pointer(task, row + Row.arg + 1));
  return m.code[row + Row.next] as number;
}

export const operations = {
  queue_delayed_work: operation({
    ...PLAIN,
    kernel: `queue_delayed_work ${FILE}`,
    says: 'Arms the timer that puts the item on the queue, unless it is pending or disabled; gives whether it did.',
    operands: [
      dst('queued', { from: 0, to: 1 }),
      queue('queue', 'feeds'),
      place('item', ['delayed_work'], 'writes'),
    ],
    step: (m, task, row) => {
      const number = delayable(m, task, row);
      if (number === Exit.failed) return Exit.failed;
      const isNew = !isPending(m, number) && !isDisabled(m, number);
      return delayed(m, task, row, number, isNew);
    },
  }),
  mod_delayed_work: operation({
    ...PLAIN,
    kernel: `mod_delayed_work ${FILE}`,
    says: 'Takes the item back and arms its timer anew; gives whether it was pending.',
    operands: [wasPending, queue('queue', 'feeds'), place('item', ['delayed_work'], 'writes')],
    step: (m, task, row) => {
      const number = delayable(m, task, row);
      if (number === Exit.failed) return Exit.failed;
      return delayed(m, task, row, number, takeBack(m, number));
    },
  }),
  cancel_delayed_work: operation({
    ...ITEM.cancels,
    kernel: `cancel_delayed_work ${FILE}`,
    says: 'Disarms the timer or takes the item off its queue, and gives whether it was pending; a run of it goes on.',
  }),
  cancel_delayed_work_sync: operation({
    ...ITEM.arrives,
    kernel: `cancel_delayed_work_sync ${FILE}`,
    says: 'A cancellation arrives: the item is taken back, and nothing queues it or arms its timer until it has passed.',
    partOf: 'cancel_delayed_work_sync',
  }),
  cancel_delayed_work_sync_wait: operation({
    ...ITEM.cancelled,
    kernel: `cancel_delayed_work_sync ${FILE}`,
    says: 'The cancellation passes when no run of the item is left.',
    partOf: 'cancel_delayed_work_sync',
    wait: idle,
  }),
  disable_delayed_work: operation({
    ...ITEM.disables,
    kernel: `disable_delayed_work ${FILE}`,
    says: 'Takes the item back, and from here on nothing queues it or arms its timer; gives whether it was pending.',
  }),
  disable_delayed_work_sync: operation({
    ...ITEM.arrives,
    kernel: `disable_delayed_work_sync ${FILE}`,
    says: 'The same, and its caller is to wait for the run of the item.',
    partOf: 'disable_delayed_work_sync',
  }),
  disable_delayed_work_sync_wait: operation({
    ...ITEM.disabled,
    kernel: `disable_delayed_work_sync ${FILE}`,
    says: 'Passes when no run of the item is left; it stays disabled.',
    partOf: 'disable_delayed_work_sync',
    wait: idle,
  }),
  enable_delayed_work: operation({
    ...ITEM.enables,
    kernel: `enable_delayed_work ${FILE}`,
    says: 'Undoes one disable_delayed_work; holds if nothing disables the item any more.',
  }),
  flush_delayed_work: operation({
    ...ITEM.flushArrives,
    kernel: `flush_delayed_work ${FILE}`,
    says: 'A flush arrives: an armed timer is disarmed and the item queued at once; counts its runs that are ahead.',
    operands: [runsBefore, place('item', ['delayed_work'], 'writes')],
    partOf: 'flush_delayed_work',
    text: ([, of = '']) => `flush_delayed_work(${of})`,
    step: (m, task, row) => {
      const number = item(m, task, row + Row.arg + 1);
      if (number === Exit.failed) return Exit.failed;
      const queue = dueOn(m, number);
      const life = m.state[m.tables.life[queue] as number] as number;
      if (queue !== 0 && life > (m.tables.accessMax[queue] as number)) {
        m.failure.object('use-after-free', m.pc, queue, life);
        return Exit.failed;
      }
      if (queue !== 0) enqueue(m, task, queue, number, m.tables.fn[m.pc] as number);
      return countRuns(m, task, row, false);
    },
  }),
  flush_delayed_work_wait: operation({
    ...ITEM.flushPasses,
    kernel: `flush_delayed_work ${FILE}`,
    says: 'The flush passes when these runs have ended.',
    partOf: 'flush_delayed_work',
    wait: flushed,
    text: ([of = '']) => `flush_delayed_work(${of})`,
  }),
};
