import {
  flag,
  int,
  mutex,
  pthread,
  pthread_cond,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { BoundExceeded } from '@lastref/kernel';
import { userspace } from '@lastref/scenarios';
import { named, type Body } from '../library/named.js';
import { proveTiny, type TinyCase } from '../support/tiny.js';

const { cond, lock, other, ready, taken, first, second } = statics({
  cond: pthread_cond(),
  lock: mutex(),
  other: mutex(),
  ready: int(2),
  taken: int(4),
  first: pthread(),
  second: pthread(),
});
class Shared extends Struct {
  static override readonly tag = 'shared';
  cond = pthread_cond();
}
const { closing, shared } = statics({ closing: flag(), shared: ptr(() => Shared) });

const locked = (f: FunctionBuilder, inside: () => void): void => {
  userspace.pthread_mutex_lock(f, lock);
  inside();
  userspace.pthread_mutex_unlock(f, lock);
};
/** Waits for something to be ready and takes it. @param again asks again after a wakeup */
const consume =
  (again: 'while' | 'if', faultName?: string): Body =>
  (f) => {
    locked(f, () => {
      const empty = () => f.eq(f.load(ready), 0);
      const wait = (): void => {
        f.pthread_cond_wait(cond, lock, faultName);
      };
      if (again === 'while') f.while(empty, wait);
      else f.if(empty(), wait);
      const left = f.load(ready);
      f.invariant('something is ready', left);
      f.sub(left, left, 1);
      f.store(ready, left);
    });
  };
const produce =
  (wake: 'signal' | 'broadcast' | 'nobody', n = 1): Body =>
  (f) => {
    locked(f, () => {
      f.store(ready, n);
      if (wake !== 'nobody') f[`pthread_cond_${wake}`](cond);
    });
  };
const run = (bodies: Readonly<Record<string, Body>>, spec: Partial<TinyCase> = {}) =>
  proveTiny({ ...spec, tasks: named(bodies) }).failures;

describe('pthread_cond_t', () => {
  it('wakes who waits, and who asks first needs no wakeup', () => {
    expect(run({ consume: consume('while'), produce: produce('signal') })).toEqual([]);
  });

  it('wakes one by a signal, all by a broadcast', () => {
    const two = { one: consume('while'), two: consume('while') };
    expect(run({ ...two, produce: produce('broadcast', 2) })).toEqual([]);
    expect(run({ ...two, produce: produce('signal', 2) })).toEqual([
      'hung-task@one(cond)',
      'hung-task@two(cond)',
    ]);
  });

  it('is a hung task where nobody signals, or before anybody waits', () => {
    expect(run({ consume: consume('while'), produce: produce('nobody') })).toEqual([
      'hung-task@consume(cond)',
    ]);
    const unlocked: Body = (f) => {
      f.store(ready, 1);
      f.pthread_cond_signal(cond);
    };
    // Between the test and the wait the signal finds nobody: the store is not under the mutex.
    expect(run({ consume: consume('while'), unlocked })).toEqual(['hung-task@consume(cond)']);
  });

  it('lets another take what was signalled, so that who wakes has to ask again', () => {
    const bodies = { one: consume('if'), two: consume('if'), produce: produce('signal') };
    const found = run(bodies).filter((failure) => failure.startsWith('invariant'));
    expect(found).toEqual([
      'invariant@one(something is ready)',
      'invariant@two(something is ready)',
    ]);
  });

  it('signals those who wait at that moment, none who comes later', () => {
    const late: Body = (f) => {
      f.milestone('late');
      locked(f, () => {
        f.store(taken, 1);
        f.pthread_cond_wait(cond, lock);
      });
    };
    const early: Body = (f) => {
      locked(f, () => {
        f.pthread_cond_wait(cond, lock);
      });
    };
    const signals: Body = (f) => {
      locked(f, () => {
        f.pthread_cond_signal(cond);
      });
      f.milestone('signalled');
      f.ignore(f.test_bit(closing));
    };
    // Signalled, the early one may have come or not; the late one never is woken.
    const found = proveTiny({
      tasks: named({ early, late, signals }),
      order: [['signalled', 'late']],
    }).failures;
    expect(found).toEqual(['hung-task@early(cond)+late(cond)', 'hung-task@late(cond)']);
  });

  it('wakes as many as there were signals, each any of those that waited, and nobody twice', () => {
    const waiter: Body = (f) => {
      locked(f, () => {
        const now = f.load(taken);
        f.add(now, now, 1);
        f.store(taken, now);
        f.if(f.eq(now, 3), () => {
          f.milestone('all wait');
          f.store(taken, 3);
        });
        f.pthread_cond_wait(cond, lock);
      });
    };
    const signals =
      (times: number): Body =>
      (f) => {
        f.milestone('signals');
        for (let i = 0; i < times; i++) {
          locked(f, () => {
            f.pthread_cond_signal(cond);
          });
        }
      };
    const hung = (times: number) =>
      proveTiny({
        tasks: named({ a: waiter, b: waiter, c: waiter, signals: signals(times) }),
        order: [['all wait', 'signals']],
      }).failures;
    expect(hung(1)).toEqual([
      'hung-task@a(cond)+b(cond)',
      'hung-task@a(cond)+c(cond)',
      'hung-task@b(cond)+c(cond)',
    ]);
    expect(hung(2)).toEqual(['hung-task@a(cond)', 'hung-task@b(cond)', 'hung-task@c(cond)']);
    expect(hung(3)).toEqual([]);
  });

  it('lets who comes behind a signal take nothing of it, while it is under way', () => {
    const counts =
      (times: number): Body =>
      (f) => {
        locked(f, () => {
          const now = f.load(taken);
          f.add(now, now, 1);
          f.store(taken, now);
          f.if(f.eq(now, times), () => {
            f.milestone('all wait');
            f.store(taken, times);
          });
          f.pthread_cond_wait(cond, lock);
        });
      };
    const late: Body = (f) => {
      f.milestone('late');
      locked(f, () => {
        f.pthread_cond_wait(cond, lock);
      });
    };
    const signals: Body = (f) => {
      f.milestone('signals');
      locked(f, () => {
        f.pthread_cond_signal(cond);
      });
      f.milestone('signalled');
      f.ignore(f.test_bit(closing));
    };
    const found = proveTiny({
      tasks: named({ a: counts(2), b: counts(2), late, signals }),
      order: [
        ['all wait', 'signals'],
        ['signalled', 'late'],
      ],
    }).failures;
    expect(found).toEqual(['hung-task@a(cond)+late(cond)', 'hung-task@b(cond)+late(cond)']);
  });

  it('wakes spuriously where the case says so, at the cost of an event', () => {
    const bodies = { consume: consume('if', 'spurious'), produce: produce('signal') };
    const faults = { points: { spurious: 1 } };
    expect(run(bodies)).toEqual([]);
    expect(run(bodies, { faults })).toEqual(['invariant@consume(something is ready)']);
    const asks = { consume: consume('while', 'spurious'), produce: produce('signal') };
    expect(run(asks, { faults })).toEqual([]);
  });

  it('in an object that is freed makes those who wait there touch what is gone, and go no further', () => {
    const waits: Body = (f) => {
      const object = f.load(shared);
      userspace.pthread_mutex_lock(f, lock);
      f.milestone('waits');
      f.pthread_cond_wait(object.cond, lock);
      f.invariant('it went on', 0);
    };
    const frees: Body = (f) => {
      f.milestone('frees');
      locked(f, () => {
        f.kfree(f.load(shared));
      });
    };
    const given: Body = (f) => {
      f.store(shared, f.kzalloc(Shared));
    };
    expect(run({ waits, frees }, { given, order: [['waits', 'frees']] })).toEqual([
      'use-after-free@waits(shared freed by frees)',
    ]);
    for (const call of ['pthread_cond_signal', 'pthread_cond_broadcast'] as const) {
      const touches: Body = (f) => {
        const object = f.load(shared);
        f.kfree(object);
        f[call](object.cond);
        f.invariant('it went on', 0);
      };
      expect(run({ touches }, { given })).toEqual([
        'use-after-free@touches(shared freed by touches)',
      ]);
    }
  });

  it('is waited on with the mutex held', () => {
    const body: Body = (f) => {
      f.pthread_cond_wait(cond, lock);
    };
    expect(run({ body })).toEqual(['bad-unlock@body(lock)']);
  });
});

describe('pthread_t', () => {
  const work: Body = (f) => {
    f.store(taken, 1);
  };
  const main =
    (body: Body): Body =>
    (f) => {
      f.pthread_create(first);
      body(f);
    };
  const with_thread = (body: Body, thread: Body) =>
    proveTiny({
      tasks: [...named({ main: body }), userspace.start_thread('thread', first, thread)],
    });

  it('is joined when it has ended', () => {
    const joins: Body = main((f) => {
      f.pthread_join(first);
      f.check('the thread has run', taken, '==', 1);
    });
    expect(with_thread(joins, work)).toMatchObject({ failures: [], reports: [] });
  });

  it('is parked, and no failure, where nobody creates it', () => {
    const nothing: Body = (f) => {
      f.check('the thread has not run', taken, '==', 0);
    };
    expect(with_thread(nothing, work)).toMatchObject({ failures: [] });
  });

  it('deadlocks who joins itself', () => {
    const itself: Body = (f) => {
      f.pthread_join(first);
    };
    expect(with_thread(main(nothing), itself).failures).toEqual(['deadlock@start_thread(first)']);
  });

  it('deadlocks who joins with a lock held that the thread takes', () => {
    const joins = main((f) => {
      f.mutex_lock(other);
      f.pthread_join(first);
      f.mutex_unlock(other);
    });
    const takes: Body = (f) => {
      f.mutex_lock(other);
      f.mutex_unlock(other);
    };
    expect(with_thread(joins, takes).failures).toEqual([
      'deadlock@main(first)+start_thread(other)',
    ]);
  });

  it('deadlocks two that join each other', () => {
    const joining =
      (thread: typeof first): Body =>
      (f) => {
        f.pthread_join(thread);
      };
    const { failures } = proveTiny({
      tasks: [
        task('main', (f) => {
          f.pthread_create(first);
          f.pthread_create(second);
        }),
        userspace.start_thread('one', first, joining(second)),
        userspace.start_thread('two', second, joining(first)),
      ],
    });
    expect(failures).toEqual(['deadlock@start_thread(first)+start_thread(second)']);
  });

  it('is joined once, created again only after that', () => {
    const twice = main((f) => {
      f.pthread_join(first);
      f.pthread_join(first);
    });
    expect(with_thread(twice, work).failures).toEqual(['hung-task@main(first)']);
    const again = main((f) => {
      f.pthread_create(first);
    });
    expect(() => with_thread(again, work)).toThrow(BoundExceeded);
  });
});

function nothing(f: FunctionBuilder): void {
  f.ignore(f.test_bit(closing));
}
