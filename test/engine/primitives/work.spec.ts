/** Single items: what cancelling, disabling and flushing one takes back, keeps out and waits for. */
import {
  atomic,
  completion,
  flag,
  fn,
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
}
class Wide extends Workqueue {
  static override readonly tag = 'wide';
  static override readonly max_active = 2;
}
class Items extends Struct {
  static override readonly tag = 'items';
  counts = work();
  waits = work();
  locks = work();
  cancels = work();
  flushes = work();
  again = work();
  meets = work();
  other = work();
}
const { wq, wide, items, total, go, met, lock, inside, result } = statics({
  wq: ptr(() => Wq),
  wide: ptr(() => Wide),
  items: ptr(() => Items),
  total: atomic(5),
  go: completion(3),
  met: completion(2),
  lock: mutex(),
  inside: flag(),
  result: flag(),
});

const counts = fn('counts', 'a.c', (f) => {
  f.atomic_inc(total);
});
const waits = fn('waits', 'a.c', (f) => {
  f.milestone('running');
  f.set_bit(inside);
  f.wait_for_completion(go);
  f.atomic_inc(total);
});
const locks = fn('locks', 'a.c', (f) => {
  f.mutex_lock(lock);
  f.mutex_unlock(lock);
});
const cancels = fn('cancels', 'a.c', (f) => {
  f.cancel_work_sync(f.load(items).cancels);
});
const flushes = fn('flushes', 'a.c', (f) => {
  f.flush_work(f.load(items).flushes);
});
const again = fn('again', 'a.c', (f) => {
  f.queue_work(f.load(wq), f.load(items).again);
});
/** Two of them can only both end where they run at once. */
const meets = fn('meets', 'a.c', (f) => {
  f.complete(met);
  f.wait_for_completion(go);
});
const other = fn('other', 'a.c', (f) => {
  f.wait_for_completion(met);
  f.complete(go);
});

type Body = (f: FunctionBuilder) => void;
type Item = 'counts' | 'waits' | 'locks' | 'cancels' | 'flushes' | 'again' | 'meets' | 'other';
const works: TinyCase['works'] = [
  [Items, 'counts', counts],
  [Items, 'waits', waits],
  [Items, 'locks', locks],
  [Items, 'cancels', cancels],
  [Items, 'flushes', flushes],
  [Items, 'again', again],
  [Items, 'meets', meets],
  [Items, 'other', other],
];
const queued = (f: FunctionBuilder, ...names: readonly Item[]): void => {
  for (const name of names) f.queue_work(f.load(wq), f.load(items)[name]);
};
const ran = (
  before: readonly Item[],
  tasks: TinyCase['tasks'],
  queues: Body = () => undefined,
  order: TinyCase['order'] = [],
) =>
  proveTiny({
    order,
    works,
    given: (f) => {
      f.store(wq, f.alloc_workqueue(Wq));
      f.store(wide, f.alloc_workqueue(Wide));
      f.store(items, f.kzalloc(Items));
      queued(f, ...before);
      queues(f);
    },
    tasks,
  });
const alone = (body: Body): TinyCase['tasks'] => [task('1', body)];
const wakes = task('wakes', (f) => {
  f.milestone('woken');
  f.complete(go);
});
const clean = { failures: [], reports: [], complete: true };
const is = (f: FunctionBuilder, what: string, times: number): void => {
  f.check(what, total, '==', times);
};

describe('cancel_work', () => {
  it('takes a pending item back and says so; one that is not it leaves', () => {
    const blocked = ran(
      ['waits'],
      [
        task(
          'cancels',
          (f) => {
            const object = f.load(items);
            f.queue_work(f.load(wq), object.counts);
            f.store(result, f.cancel_work(object.counts));
            f.check('it was pending', result, '==', 1);
            f.store(result, f.cancel_work(object.counts));
            f.check('it is not any more', result, '==', 0);
            f.complete(go);
            f.flush_workqueue(f.load(wq));
            is(f, 'only the other ran', 1);
          },
          { after: 'running' },
        ),
      ],
    );
    expect(blocked).toMatchObject(clean);
  });

  it('lets a flush pass that waits for the item taken back', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_workqueue(f.load(wq));
        f.complete(go);
      }),
      task(
        'cancels',
        (f) => {
          f.ignore(f.try_queue_work(f.load(wq), f.load(items).counts));
          f.cancel_work(f.load(items).counts);
          f.complete(go);
        },
        { after: 'running' },
      ),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });

  it('does not wait for the run', () => {
    const tasks = [
      task(
        'cancels',
        (f) => {
          f.cancel_work(f.load(items).waits);
          f.complete(go);
        },
        { after: 'running' },
      ),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });
});

describe.each(['cancel_work_sync', 'disable_work_sync'] as const)('%s', (call) => {
  it('waits for the run, and says whether the item was pending beside it', () => {
    const tasks = [
      task(
        'cancels',
        (f) => {
          const object = f.load(items);
          const queue = f.load(wq);
          f.queue_work(queue, object.waits);
          f.milestone('arrived');
          f.store(result, f[call](object.waits));
          f.check('it was pending again', result, '==', 1);
          is(f, 'one run has ended', 1);
        },
        { after: 'running' },
      ),
      wakes,
    ];
    const order = [['arrived', 'woken']] as const;
    expect(ran(['waits'], tasks, undefined, order)).toMatchObject(clean);
  });

  it('keeps the item from being queued while it waits: one that queues itself does not run on', () => {
    const tasks = alone((f) => {
      const object = f.load(items);
      f[call](object.again);
      f.destroy_workqueue(f.load(wq));
      f.kfree(object);
    });
    const { failures, complete } = ran(['again'], tasks);
    // Nothing of it is left: neither a run of a dead object nor a pending item.
    expect([failures.filter((each) => !each.startsWith('leak')), complete]).toEqual([[], true]);
  });

  it('orders the class of the item under the locks held over it', () => {
    const tasks = alone((f) => {
      f.mutex_lock(lock);
      f[call](f.load(items).locks);
      f.mutex_unlock(lock);
    });
    const { failures, reports } = ran(['locks'], tasks);
    expect(reports).toEqual(['lock-order@(work)locks+lock']);
    expect(failures).toEqual([`deadlock@1((work)locks)+locks(lock)`]);
  });
});

describe('an item that waits for itself', () => {
  it.each([
    ['cancels', 'deadlock@cancels((work)cancels)'],
    ['flushes', 'deadlock@flushes((work)flushes)'],
  ] as const)('%s is a deadlock of length one', (name, failure) => {
    const { failures, reports } = ran(
      [name],
      alone((f) => {
        f.stay();
      }),
    );
    expect(failures).toEqual([failure]);
    expect(reports).toEqual([`recursive-lock@(work)${name}`]);
  });
});

describe('disable_work', () => {
  it('keeps the item from being queued, as often as it was called', () => {
    const tasks = alone((f) => {
      const object = f.load(items);
      const queue = f.load(wq);
      f.disable_work(object.counts);
      f.disable_work(object.counts);
      f.if(f.try_queue_work(queue, object.counts), () => {
        f.check('it is queued although disabled', result, '==', 1);
      });
      f.if(f.enable_work(object.counts), () => {
        f.check('it is enabled too early', result, '==', 1);
      });
      f.queue_work(queue, object.counts);
      f.unless(f.enable_work(object.counts), () => {
        f.check('it is not enabled', result, '==', 1);
      });
      f.flush_workqueue(queue);
      is(f, 'it did not run', 0);
      f.unless(f.try_queue_work(queue, object.counts), () => {
        f.check('it is not queued although enabled', result, '==', 1);
      });
      f.flush_workqueue(queue);
      is(f, 'it ran', 1);
    });
    expect(ran([], tasks)).toMatchObject(clean);
  });

  it('too often enabled is a warning', () => {
    const enables = fn('enables', 'a.c', (f) => {
      f.ignore(f.enable_work(f.load(items).counts));
    });
    const tasks = alone((f) => {
      f.call(enables);
    });
    expect(ran([], tasks).reports).toEqual(['warning@enables(work is not disabled)']);
  });
});

describe('flush_work', () => {
  it('waits for the pending run, and for the one before it', () => {
    const tasks = [
      task(
        'flushes',
        (f) => {
          const object = f.load(items);
          f.queue_work(f.load(wq), object.waits);
          f.complete(go);
          f.flush_work(object.waits);
          is(f, 'both runs have ended', 2);
        },
        { after: 'running' },
      ),
      wakes,
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });

  it('does not wait for what is queued behind its arrival, nor for other items', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_work(f.load(items).counts);
        f.complete(go);
      }),
      task('queues', (f) => {
        queued(f, 'waits');
      }),
    ];
    expect(ran(['counts'], tasks)).toMatchObject(clean);
  });

  it('passes where the run it waits for is taken back', () => {
    const tasks = [
      task(
        'flushes',
        (f) => {
          const object = f.load(items);
          f.queue_work(f.load(wq), object.counts);
          f.milestone('queued');
          f.flush_work(object.counts);
          f.complete(go);
        },
        { after: 'running' },
      ),
      task(
        'cancels',
        (f) => {
          f.cancel_work(f.load(items).counts);
        },
        { after: 'queued' },
      ),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });
});

describe('a queue with two workers', () => {
  const onWide = (f: FunctionBuilder, ...names: readonly Item[]): void => {
    for (const name of names) f.queue_work(f.load(wide), f.load(items)[name]);
  };

  it('runs two items at once, where an ordered queue would hang', () => {
    const wait: Body = (f) => {
      f.flush_workqueue(f.load(wide));
    };
    expect(
      ran([], alone(wait), (f) => {
        onWide(f, 'meets', 'other');
      }),
    ).toMatchObject(clean);
    const ordered = ran(
      ['meets', 'other'],
      alone((f) => {
        f.flush_workqueue(f.load(wq));
      }),
    );
    expect(ordered.failures).toEqual([expect.stringContaining('hung-task@')]);
  });

  it('never runs one item beside itself', () => {
    const once = fn('once', 'a.c', (f) => {
      f.if(f.test_and_set_bit(inside), () => {
        f.check('it runs beside itself', result, '==', 1);
      });
      f.clear_bit(inside);
      f.atomic_inc(total);
    });
    const { failures, complete } = proveTiny({
      works: [[Items, 'counts', once]],
      given: (f) => {
        f.store(wide, f.alloc_workqueue(Wide));
        f.store(items, f.kzalloc(Items));
      },
      tasks: alone((f) => {
        f.queue_work(f.load(wide), f.load(items).counts);
        f.queue_work(f.load(wide), f.load(items).counts);
        f.destroy_workqueue(f.load(wide));
        f.store(wide, null);
      }),
    });
    expect([failures, complete]).toEqual([[], true]);
  });

  it('is flushed when all that were there have ended, in whatever order', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_workqueue(f.load(wide));
        is(f, 'both have ended', 2);
      }),
      wakes,
    ];
    expect(
      ran([], tasks, (f) => {
        onWide(f, 'waits', 'counts');
      }),
    ).toMatchObject(clean);
  });

  it('is flushed although what came later still runs', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_workqueue(f.load(wide));
        f.milestone('flushed');
        f.complete(go);
      }),
      task('queues', (f) => {
        onWide(f, 'waits');
      }),
    ];
    const { failures } = ran([], tasks, (f) => {
      onWide(f, 'counts');
    });
    // Only where it was queued before the flush came does the flush wait for it.
    expect(failures).toEqual([expect.stringContaining('hung-task@')]);
  });
});
