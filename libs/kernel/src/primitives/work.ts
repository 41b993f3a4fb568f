/**
 * Single work items (kernel/workqueue.c): queued with a result, cancelled, disabled, flushed. cancel_work_sync and
 * disable_work_sync are two steps: arrive takes the item back and disables it, so that nothing queues it meanwhile; pass
 * waits for its runs, and a cancellation then enables it. flush_work waits for the run pending at its arrival and those before it.
 * These order the item's class, so that a lock held over the wait and taken by the function is a report. A run is a known
 * holder: an item that waits for itself is a deadlock of length one.
 * Limit: an item that two queues run at once is waited for on both, where the kernel looks at the last one only.
 */
import { place, queue, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import {
  ARRIVES,
  cancel,
  countRuns,
  disable,
  enable,
  enableAgain,
  flushed,
  idle,
  pass,
  PASSES,
  runsBefore,
  wasPending,
} from './support/cancelling.js';
import { item } from './support/items.js';
import { enqueue } from './support/queueing.js';

const FILE = '(kernel/workqueue.c)';
const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
/** A call that waits arrives where it may not be in atomic context. */
const ARRIVAL = { wait: 'never', lock: ARRIVES, sleeps: true, raises: [] } as const;
const PASS = { lock: PASSES, sleeps: false, raises: [] } as const;

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
    ...PLAIN,
    kernel: `cancel_work ${FILE}`,
    says: 'Takes the item off its queue, and gives whether it was pending; a run of it goes on.',
    operands: [wasPending, place('item', ['work'], 'writes')],
    step: cancel,
  }),
  cancel_work_sync: operation({
    ...ARRIVAL,
    kernel: `cancel_work_sync ${FILE}`,
    says: 'A cancellation arrives: the item is taken off its queue, and nothing queues it until it has passed.',
    operands: [wasPending, place('item', ['work'], 'writes')],
    partOf: 'cancel_work_sync',
    disables: true,
    step: disable,
  }),
  cancel_work_sync_wait: operation({
    ...PASS,
    kernel: `cancel_work_sync ${FILE}`,
    says: 'The cancellation passes when no run of the item is left.',
    operands: [place('item', ['work'], 'writes')],
    partOf: 'cancel_work_sync',
    wait: idle,
    step: enableAgain,
  }),
  disable_work: operation({
    ...PLAIN,
    kernel: `disable_work ${FILE}`,
    says: 'Takes the item off its queue, and from here on nothing queues it; gives whether it was pending.',
    operands: [wasPending, place('item', ['work'], 'writes')],
    disables: true,
    step: disable,
  }),
  disable_work_sync: operation({
    ...ARRIVAL,
    kernel: `disable_work_sync ${FILE}`,
    says: 'The same, and its caller is to wait for the run of the item.',
    operands: [wasPending, place('item', ['work'], 'writes')],
    partOf: 'disable_work_sync',
    disables: true,
    step: disable,
  }),
  disable_work_sync_wait: operation({
    ...PASS,
    kernel: `disable_work_sync ${FILE}`,
    says: 'Passes when no run of the item is left; it stays disabled.',
    operands: [place('item', ['work'], 'reads')],
    partOf: 'disable_work_sync',
    wait: idle,
    step: pass,
  }),
  enable_work: operation({
    ...PLAIN,
    kernel: `enable_work ${FILE}`,
    says: 'Undoes one disable_work; holds if nothing disables the item any more. It is not queued by this.',
    operands: [place('item', ['work'], 'writes')],
    branches: true,
    disables: true,
    step: enable,
  }),
  flush_work: operation({
    ...ARRIVAL,
    kernel: `__flush_work ${FILE}`,
    says: 'A flush of one item arrives: counts the runs of it that are ahead.',
    operands: [runsBefore, place('item', ['work'], 'reads')],
    partOf: 'flush_work',
    text: ([, of = '']) => `flush_work(${of})`,
    step: countRuns,
  }),
  flush_work_wait: operation({
    ...PASS,
    kernel: `__flush_work ${FILE}`,
    says: 'The flush passes when these runs have ended.',
    operands: [place('item', ['work'], 'reads'), value('ahead', 'nothing')],
    partOf: 'flush_work',
    countsItems: 'item',
    wait: flushed,
    text: ([of = '']) => `flush_work(${of})`,
    step: (m, _task, row) => m.code[row + Row.next] as number,
  }),
};
