/** What a queue does with its items, and what flush and destroy wait for. */
import {
  atomic,
  completion,
  fn,
  int,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type FunctionBuilder,
} from '@lastref/authoring';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
  static override readonly count = 2;
}
class Items extends Struct {
  static override readonly tag = 'items';
  static override readonly count = 2;
  counts = work();
  second = work();
  waits = work();
  loses = work();
  locks = work();
  chains = work();
}
const { wq, other, items, total, last, go, lock } = statics({
  wq: ptr(() => Wq),
  other: ptr(() => Wq),
  items: ptr(() => Items),
  total: atomic(5),
  last: int(2),
  go: completion(2),
  lock: mutex(),
});

const counts = fn('counts', 'a.c', (f) => {
  f.atomic_inc(total);
  f.store(last, 1);
});
const second = fn('second', 'a.c', (f) => {
  f.atomic_inc(total);
  f.store(last, 2);
});
const waits = fn('waits', 'a.c', (f) => {
  f.milestone('running');
  f.wait_for_completion(go);
  f.atomic_inc(total);
});
const loses = fn('loses', 'a.c', (f) => {
  f.load(items);
  f.kzalloc(Items);
});
const locks = fn('locks', 'a.c', (f) => {
  f.mutex_lock(lock);
});
const chains = fn('chains', 'a.c', (f) => {
  f.queue_work(f.load(wq), f.load(items).counts);
});

type Body = (f: FunctionBuilder) => void;
type Item = 'counts' | 'second' | 'waits' | 'loses' | 'locks' | 'chains';
const queued =
  (...names: readonly Item[]): Body =>
  (f) => {
    for (const name of names) f.queue_work(f.load(wq), f.load(items)[name]);
  };

const ran = (before: readonly Item[], tasks: TinyCase['tasks']) =>
  proveTiny({
    works: [
      [Items, 'counts', counts],
      [Items, 'second', second],
      [Items, 'waits', waits],
      [Items, 'loses', loses],
      [Items, 'locks', locks],
      [Items, 'chains', chains],
    ],
    given: (f) => {
      f.store(wq, f.alloc_workqueue(Wq));
      f.store(other, f.alloc_workqueue(Wq));
      f.store(items, f.kzalloc(Items));
      queued(...before)(f);
    },
    tasks,
  });

const flush: Body = (f) => {
  f.flush_workqueue(f.load(wq));
};
const destroy: Body = (f) => {
  f.destroy_workqueue(f.load(wq));
};
const alone = (...bodies: readonly Body[]): TinyCase['tasks'] => [
  task('1', (f) => {
    for (const body of bodies) body(f);
  }),
];
const clean = { failures: [], complete: true };

describe.each([
  ['flush', flush],
  ['destroy', destroy],
])('%s', (_name, wait) => {
  it('waits for all that are queued, which run in the order in which they came', () => {
    const done: Body = (f) => {
      f.check('both ran', total, '==', 2);
      f.check('in order', last, '==', 2);
    };
    expect(ran(['counts', 'second'], alone(wait, done))).toMatchObject(clean);
  });

  it('waits for the one that runs', () => {
    const tasks = [
      task(
        'waits',
        (f) => {
          wait(f);
          f.check('it ran', total, '==', 1);
        },
        { after: 'running' },
      ),
      task('wakes', (f) => {
        f.complete(go);
      }),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });

  it('waits for what runs and for as many as can be queued behind it', () => {
    const tasks = [
      task(
        'waits',
        (f) => {
          queued('waits', 'counts', 'second')(f);
          f.complete(go);
          wait(f);
          f.check('all ran', total, '==', 4);
        },
        { after: 'running' },
      ),
      task('wakes', (f) => {
        f.complete(go);
      }),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });

  it('is not told of the items of another queue', () => {
    const tasks = alone(
      (f) => {
        f.queue_work(f.load(other), f.load(items).waits);
        f.complete(go);
      },
      wait,
      (f) => {
        f.check('its own ran', last, '==', 1);
      },
    );
    expect(ran(['counts'], tasks)).toMatchObject(clean);
  });
});

it('an item that is pending is not queued again, wherever it stands', () => {
  const once: Body = (f) => {
    f.check('each ran once', total, '==', 2);
  };
  expect(ran(['counts', 'second', 'counts', 'second'], alone(flush, once))).toMatchObject(clean);
});

it('a flush of a queue without items passes at once, whatever is queued and ends behind it', () => {
  const tasks = [
    task('flushes', flush),
    task('queues', (f) => {
      queued('counts')(f);
    }),
  ];
  expect(ran([], tasks)).toMatchObject(clean);
});

it('a flush does not wait for what is queued behind it', () => {
  const tasks = [
    task('flushes', (f) => {
      flush(f);
      f.milestone('flushed');
      f.complete(go);
    }),
    task('queues', (f) => {
      queued('waits')(f);
    }),
  ];
  const { failures } = ran(['counts'], tasks);
  expect(failures).toEqual([expect.stringContaining('hung-task@')]);
});

it('a queue that is destroyed runs what its own item queues', () => {
  const both: Body = (f) => {
    f.check('the chained one ran', total, '==', 1);
  };
  expect(ran(['chains'], alone(destroy, both))).toMatchObject(clean);
});

it('what an item forgot is a leak: the worker keeps nothing of it', () => {
  expect(ran(['loses'], alone(flush)).failures).toEqual(['leak@loses(items)']);
});

it('an item that keeps a lock has leaked it when it ends', () => {
  expect(ran(['locks'], alone(flush)).failures).toEqual(['leak@locks(held lock)']);
});
