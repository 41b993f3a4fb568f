/** Programs about workqueues: items that queue others, that are pending at the start, that are never taken. */
import { fn, type Ref } from '@lastref/authoring';
import type { TinyCase } from '../../support/tiny.js';
import { Items, Other, Wq, items, other, run, sets, wq, x, y, z, type Write } from './world.js';

const works = (second: Write): NonNullable<TinyCase['works']> => [
  [
    Items,
    'first',
    fn('first', 'a.c', (f, owner: Ref<typeof Items>) => {
      f.set_bit(owner.used);
      f.set_bit(x);
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
