/** Programs about workqueues: items that queue others, that are pending at the start, that are never taken. */
import { fn, type Ref } from '@lastref/authoring';
import type { TinyCase } from '../../support/tiny.js';
import {
  Items,
  Other,
  Wq,
  a,
  items,
  locked,
  other,
  run,
  sets,
  wq,
  x,
  y,
  z,
  type Write,
} from './world.js';

const works = (second: Write): NonNullable<TinyCase['works']> => [
  [
    Items,
    'first',
    fn('first', 'a.c', (f, owner: Ref<typeof Items>) => {
      // A step that is fused into taking the item.
      const self = f.pointer('self', Items);
      f.set(self, owner);
      f.set_bit(self.used);
      f.set_bit(x);
      f.set(self, null);
    }),
  ],
  [Items, 'second', fn('second', 'a.c', second)],
];
const withQueues: Write = (f) => {
  f.store(wq, f.alloc_workqueue(Wq));
  f.store(other, f.alloc_workqueue(Other));
  f.store(items, f.kzalloc(Items));
};

export const aQueue: TinyCase = {
  works: works((f) => {
    f.set_bit(y);
    f.queue_work(f.load(other), f.load(items).first);
  }),
  given: withQueues,
  ...run(
    (f) => {
      f.queue_work(f.load(wq), f.load(items).second);
      f.set_bit(z);
      f.flush_workqueue(f.load(wq));
    },
    sets(x, z),
  ),
};

export const anItemAhead: TinyCase = {
  works: works(sets(y)),
  given: (f) => {
    withQueues(f);
    f.queue_work(f.load(wq), f.load(items).first);
  },
  ...run(
    (f) => {
      const mine = f.load(items);
      f.clear_bit(mine.used);
    },
    (f) => {
      f.queue_work(f.load(wq), f.load(items).second);
      f.destroy_workqueue(f.load(wq));
    },
  ),
};

export const aParkedQueue: TinyCase = { ...aQueue, parked: [Wq] };

/** The item waits for a lock that is held while the queue is flushed. */
export const itemInACycle: TinyCase = {
  works: works((f) => {
    locked(f, a, () => {
      f.set_bit(x);
    });
  }),
  given: (f) => {
    withQueues(f);
    f.queue_work(f.load(wq), f.load(items).second);
    f.queue_work(f.load(other), f.load(items).first);
  },
  ...run(
    (f) => {
      locked(f, a, () => {
        f.flush_workqueue(f.load(wq));
      });
    },
    sets(x, z),
  ),
};

/** The queue made first gets its items from the one made second. */
export const fedFromBehind: TinyCase = {
  works: works((f) => {
    f.queue_work(f.load(wq), f.load(items).first);
  }),
  given: (f) => {
    withQueues(f);
    f.queue_work(f.load(other), f.load(items).second);
  },
  ...run(sets(z, x), sets(x)),
};

/** Items of an object that nobody else can reach are no concern of its own: a queue has them. */
export const itemTakenBack: TinyCase = {
  works: works(sets(y)),
  given: withQueues,
  ...run(
    (f) => {
      const mine = f.kzalloc(Items);
      f.ignore(f.is_null(mine));
      f.queue_work(f.load(wq), mine.second);
      f.cancel_work(mine.second);
      f.kfree(mine);
    },
    (f) => {
      f.queue_work(f.load(wq), f.load(items).second);
    },
  ),
};
