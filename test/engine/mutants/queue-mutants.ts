/** The mutant of what workqueues warn of: an item queued by somebody else while its queue drains. */
import {
  completion,
  flag,
  fn,
  ptr,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import type { TinyCase } from '../support/tiny.js';
import type { Mutant } from './mutants.js';

class Queue extends Workqueue {
  static override readonly tag = 'queue';
}
class Item extends Struct {
  static override readonly tag = 'item';
  first = work();
  second = work();
  go_on = completion();
  queued = completion();
  ran = flag();
}
const { queue, item } = statics({ queue: ptr(() => Queue), item: ptr(() => Item) });

/** Keeps the queue draining until the other task has queued its item. */
const first = fn('first', 'a.c', (f, owner: Ref<typeof Item>) => {
  f.wait_for_completion(owner.go_on);
});
const second = fn('second', 'a.c', (f, owner: Ref<typeof Item>) => {
  f.set_bit(owner.ran);
});

const given = (f: FunctionBuilder): void => {
  f.store(queue, f.alloc_workqueue(Queue));
  f.store(item, f.kzalloc(Item));
  f.queue_work(f.load(queue), f.load(item).first);
};

const submit = fn('submit', 'a.c', (f) => {
  const owner = f.load(item);
  f.queue_work(f.load(queue), owner.second);
  f.complete(owner.queued);
  f.complete(owner.go_on);
});

const remove = (waits: boolean) =>
  fn('remove', 'a.c', (f) => {
    if (waits) f.wait_for_completion(f.load(item).queued);
    f.destroy_workqueue(f.load(queue));
  });

const destroyed = (waits: boolean): TinyCase => {
  const removal = remove(waits);
  return {
    works: [
      [Item, 'first', first],
      [Item, 'second', second],
    ],
    given,
    tasks: [
      task('submit', (f) => {
        f.call(submit);
      }),
      task('remove', (f) => {
        f.call(removal);
      }),
    ],
  };
};

export const QUEUE_MUTANTS: readonly Mutant[] = [
  {
    kind: 'warning',
    title: 'work is queued on a queue that drains',
    mutant: destroyed(false),
    mended: destroyed(true),
  },
];
