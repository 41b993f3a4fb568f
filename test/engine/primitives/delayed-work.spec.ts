/** Delayed work: the timer that queues it, and what cancelling and flushing do about the timer. */
import {
  atomic,
  completion,
  delayed_work,
  fn,
  mutex,
  ptr,
  signed,
  statics,
  Struct,
  task,
  Workqueue,
  type FunctionBuilder,
} from '@lastref/authoring';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Thing extends Struct {
  static override readonly tag = 'thing';
  later = delayed_work();
}
const { wq, thing, total, was, done, lock } = statics({
  wq: ptr(() => Wq),
  thing: ptr(() => Thing),
  total: atomic(5),
  was: signed(-1, 1),
  done: completion(2),
  lock: mutex(),
});
type Body = (f: FunctionBuilder) => void;
const counts: Body = (f) => {
  f.atomic_inc(total);
};
const queue: Body = (f) => {
  f.store(was, f.queue_delayed_work(f.load(wq), f.load(thing).later));
};
const ran = (
  run: Body,
  bodies: readonly Body[],
  options: { readonly armed?: boolean; readonly timeouts?: 'any' } = {},
) =>
  proveTiny({
    works: [[Thing, 'later', fn('run', 'a.c', run)]],
    given: (f) => {
      f.store(wq, f.alloc_workqueue(Wq));
      f.store(thing, f.kzalloc(Thing));
      if (options.armed === true) queue(f);
    },
    tasks: bodies.map((body, i) => {
      const call = fn(`task_${i}`, 'a.c', body);
      return task(`task ${i}`, (f) => {
        f.call(call);
      });
    }),
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  } satisfies TinyCase);
const clean = { failures: [], reports: [], complete: true };

it('runs when its time has come, once however often it was queued meanwhile, and may sleep', () => {
  const body: Body = (f) => {
    queue(f);
    f.check('it was queued', was, '==', 1);
    queue(f);
    f.check('it was pending', was, '==', 0);
    f.wait_for_completion(done);
    f.check('it ran once', total, '==', 1);
  };
  const runs: Body = (f) => {
    f.mutex_lock(lock);
    f.atomic_inc(total);
    f.mutex_unlock(lock);
    f.complete(done);
  };
  expect(ran(runs, [body])).toMatchObject(clean);
});

it('is no run yet that flush_workqueue or destroy_workqueue would wait for', () => {
  const flushes: Body = (f) => {
    f.flush_workqueue(f.load(wq));
    f.check('it has not run', total, '==', 0);
  };
  expect(ran(counts, [flushes], { armed: true })).toMatchObject(clean);
  const destroys: Body = (f) => {
    f.destroy_workqueue(f.load(wq));
  };
  expect(ran(counts, [destroys], { armed: true }).failures).toEqual([
    'use-after-free@run(wq freed by task_0)',
  ]);
});

it('mod_delayed_work takes back what is pending, and arms the timer', () => {
  const body: Body = (f) => {
    f.store(was, f.mod_delayed_work(f.load(wq), f.load(thing).later));
    f.check('it was pending', was, '==', 1);
    f.flush_workqueue(f.load(wq));
    f.check('it has not run', total, '==', 0);
  };
  expect(ran(counts, [body], { armed: true })).toMatchObject(clean);
});

it('flush_delayed_work runs it now, and waits for it', () => {
  const body: Body = (f) => {
    f.flush_delayed_work(f.load(thing).later);
    f.check('it has run', total, '==', 1);
    f.flush_delayed_work(f.load(thing).later);
    f.kfree(f.load(thing));
  };
  expect(ran(counts, [body], { armed: true })).toMatchObject(clean);
});

describe.each(['cancel_delayed_work', 'cancel_delayed_work_sync'] as const)('%s', (call) => {
  const body: Body = (f) => {
    const { later } = f.load(thing);
    f.store(was, f[call](later));
    f.check('it was armed', was, '==', 1);
    f.store(was, f[call](later));
    f.check('it is not any more', was, '==', 0);
  };
  it('disarms the timer', () => {
    const never: Body = (f) => {
      f.check('it does not run', total, '==', 5);
    };
    expect(ran(never, [body], { armed: true })).toMatchObject(clean);
  });

  it('before the object is freed is enough only if it waits', () => {
    const frees: Body = (f) => {
      const object = f.load(thing);
      f[call](object.later);
      f.kfree(object);
    };
    const uses: Body = (f) => {
      f.queue_delayed_work(f.load(wq), f.load(thing).later);
    };
    const { failures } = ran(uses, [frees], { armed: true, timeouts: 'any' });
    expect(failures).toEqual(
      call === 'cancel_delayed_work' ? ['use-after-free@run(thing freed by task_0)'] : [],
    );
  });
});

it('disabled it is neither queued nor armed, until it is enabled as often', () => {
  const body: Body = (f) => {
    const { later } = f.load(thing);
    f.store(was, f.disable_delayed_work(later));
    f.check('it was armed', was, '==', 1);
    f.disable_delayed_work_sync(later);
    queue(f);
    f.check('it is not queued', was, '==', 0);
    f.store(was, f.mod_delayed_work(f.load(wq), later));
    f.if(f.enable_delayed_work(later), () => {
      f.check('it is enabled too early', was, '==', 1);
    });
    f.unless(f.enable_delayed_work(later), () => {
      f.check('it is not enabled', was, '==', 1);
    });
    f.check('it has not run', total, '==', 0);
    queue(f);
    f.check('it is queued again', was, '==', 1);
  };
  expect(ran(counts, [body], { armed: true })).toMatchObject(clean);
});

it('is refused, with a warning, by a queue that drains', () => {
  const destroys: Body = (f) => {
    f.destroy_workqueue(f.load(wq));
  };
  const { reports } = ran(counts, [destroys], { armed: true, timeouts: 'any' });
  expect(reports).toContain('warning@run(wq is draining)');
});

it('freed while its timer is armed is a warning, and a use-after-free when that fires', () => {
  const frees: Body = (f) => {
    f.kfree(f.load(thing));
  };
  expect(ran(counts, [frees], { armed: true })).toMatchObject({
    failures: ['use-after-free@run(thing freed by task_0)'],
    reports: ['warning@task_0(thing.later is active)'],
  });
});
