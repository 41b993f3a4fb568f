/**
 * Single work items (kernel/workqueue.c): queued with a result, cancelled, disabled, flushed. cancel_work_sync and
 * disable_work_sync are two steps: arrive takes the item back and disables it, so that nothing queues it meanwhile; pass
 * waits for its runs, and a cancellation then enables it. flush_work waits for the run pending at its arrival and those before it.
 * These order the item's class, so that a lock held over the wait and taken by the function is a report. A run is a known
 * holder: an item that waits for itself is a deadlock of length one.
 * Limit: an item that two queues run at once is waited for on both, where the kernel looks at the last one only.
 */
import { place, queue } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { callsOn, countRuns, flushed, idle, runsBefore } from './support/cancelling.js';
import { item } from './support/items.js';
import { enqueue } from './support/queueing.js';

const FILE = '(kernel/workqueue.c)';
const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
const ITEM = callsOn('work');

export const operations = {
  try_queue_work: operation({
    ...PLAIN,
    kernel: `queue_work ${FILE}`,
    says: 'Puts the item on the queue as queue_work does; holds if it was queued anew.',
    operands: [queue('queue', 'feeds'), place('item', ['work'], 'writes')],
    branches: true,
    text: ([of = '', what = '']) => `queue_work(${of}, ${what})`,
    step: (m, task, row) => {
      const number = m.pointer(task, row + Row.arg);
      if (!m.alive(number, row + Row.arg)) return Exit.failed;
      const work = item(m, task, row + Row.arg + 1);
      if (work === Exit.failed) return Exit.failed;
      const isNew = enqueue(m, task, number, work, m.tables.fn[m.pc] as number);
      return m.code[row + (isNew ? Row.next : Row.alt)] as number;
    },
  }),
  cancel_work: operation({
    ...ITEM.cancels,
    kernel: `cancel_work ${FILE}`,
    says: 'Takes the item off its queue, and gives whether it was pending; a run of it goes on.',
  }),
  cancel_work_sync: operation({
    ...ITEM.arrives,
    kernel: `cancel_work_sync ${FILE}`,
    says: 'A cancellation arrives: the item is taken off its queue, and nothing queues it until it has passed.',
    partOf: 'cancel_work_sync',
  }),
  cancel_work_sync_wait: operation({
    ...ITEM.cancelled,
    kernel: `cancel_work_sync ${FILE}`,
    says: 'The cancellation passes when no run of the item is left.',
    partOf: 'cancel_work_sync',
    wait: idle,
  }),
  disable_work: operation({
    ...ITEM.disables,
    kernel: `disable_work ${FILE}`,
    says: 'Takes the item off its queue, and from here on nothing queues it; gives whether it was pending.',
  }),
  disable_work_sync: operation({
    ...ITEM.arrives,
    kernel: `disable_work_sync ${FILE}`,
    says: 'The same, and its caller is to wait for the run of the item.',
    partOf: 'disable_work_sync',
  }),
  disable_work_sync_wait: operation({
    ...ITEM.disabled,
    kernel: `disable_work_sync ${FILE}`,
    says: 'Passes when no run of the item is left; it stays disabled.',
    partOf: 'disable_work_sync',
    wait: idle,
  }),
  enable_work: operation({
    ...ITEM.enables,
    kernel: `enable_work ${FILE}`,
    says: 'Undoes one disable_work; holds if nothing disables the item any more. It is not queued by this.',
  }),
  flush_work: operation({
    ...ITEM.flushArrives,
    kernel: `__flush_work ${FILE}`,
    says: 'A flush of one item arrives: counts the runs of it that are ahead.',
    operands: [runsBefore, place('item', ['work'], 'reads')],
    partOf: 'flush_work',
    text: ([, of = '']) => `flush_work(${of})`,
    step: countRuns,
  }),
  flush_work_wait: operation({
    ...ITEM.flushPasses,
    kernel: `__flush_work ${FILE}`,
    says: 'The flush passes when these runs have ended.',
    partOf: 'flush_work',
    wait: flushed,
    text: ([of = '']) => `flush_work(${of})`,
  }),
};
