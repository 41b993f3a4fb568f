import {
  completion,
  flag,
  fn,
  mutex,
  ptr,
  rwsem,
  spinlock,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

class Owner extends Struct {
  static override readonly tag = 'owner';
  lock = spinlock();
}
const { a, b, outer, sem, done, owner, inside } = statics({
  inside: flag(),
  a: spinlock(),
  b: spinlock(),
  outer: mutex(),
  sem: rwsem(),
  done: completion(),
  owner: ptr(() => Owner),
});

const called = (body: (f: FunctionBuilder) => void, name = 'fun') =>
  task(name, (f) => {
    f.call(fn(name, 'a.c', body));
  });
const failuresOf = (...bodies: ((f: FunctionBuilder) => void)[]): readonly string[] =>
  proveTiny({ tasks: bodies.map((body, i) => called(body, `f${i}`)) }).failures;

describe('spinlock', () => {
  it('excludes, and names an AB-BA deadlock and its lock order', () => {
    const both = (first: typeof a, second: typeof a) => (f: FunctionBuilder) => {
      f.spin_lock(first);
      f.spin_lock(second);
      f.spin_unlock(second);
      f.spin_unlock(first);
    };
    const result = proveTiny({ tasks: [called(both(a, b), 'ab'), called(both(b, a), 'ba')] });
    expect(result.failures).toEqual(['deadlock@ab(b)+ba(a)']);
    expect(result.reports).toEqual(['lock-order@a+b']);
  });

  it.each<[string, (f: FunctionBuilder) => void]>([
    [
      'mutex_lock',
      (f) => {
        f.mutex_lock(outer);
      },
    ],
    [
      'down_read',
      (f) => {
        f.down_read(sem);
      },
    ],
    [
      'down_write',
      (f) => {
        f.down_write(sem);
      },
    ],
    [
      'wait_for_completion',
      (f) => {
        f.wait_for_completion(done);
      },
    ],
    [
      'wait_for_completion_timeout',
      (f) => {
        f.ignore(f.wait_for_completion_timeout(done));
      },
    ],
  ])('forbids its holder %s, whether or not that would block', (_, sleep) => {
    const failures = failuresOf((f) => {
      f.spin_lock(a);
      sleep(f);
      f.spin_unlock(a);
    });
    expect(failures).toEqual(['sleep-in-atomic@f0(a)']);
  });

  it('reports the sleep even where the lock wanted is held by another task', () => {
    const failures = failuresOf(
      (f) => {
        f.mutex_lock(outer);
        f.stay();
      },
      (f) => {
        f.spin_lock(a);
        f.mutex_lock(outer);
        f.mutex_unlock(outer);
        f.spin_unlock(a);
      },
    );
    expect(failures).toEqual(['sleep-in-atomic@f1(a)']);
  });

  it('allows to try a mutex, to unlock one and to complete', () => {
    const failures = failuresOf((f) => {
      f.mutex_lock(outer);
      f.spin_lock(a);
      f.mutex_unlock(outer);
      f.if(f.mutex_trylock(outer), () => {
        f.mutex_unlock(outer);
      });
      f.complete(done);
      f.spin_unlock(a);
      f.mutex_lock(outer);
      f.mutex_unlock(outer);
    });
    expect(failures).toEqual([]);
  });

  it('reports an unlock by a task that does not hold it', () => {
    expect(
      failuresOf((f) => {
        f.spin_unlock(a);
      }),
    ).toEqual(['bad-unlock@f0(a)']);
  });

  it('reports freeing the object whose lock is held', () => {
    const result = proveTiny({
      given: (f) => {
        f.store(owner, f.kzalloc(Owner));
      },
      tasks: [
        called((f) => {
          const object = f.load(owner);
          f.spin_lock(object.lock);
          f.kfree(object);
        }),
      ],
    });
    expect(result.failures).toEqual(['held-lock-freed@fun(owner freed by fun)']);
  });

  it('is taken by a try while nobody holds it; its holder must not sleep', () => {
    const tries = (f: FunctionBuilder): void => {
      f.if(f.spin_trylock(a), () => {
        f.check('it is free', inside, '==', 0);
        f.set_bit(inside);
        f.clear_bit(inside);
        f.spin_unlock(a);
      });
    };
    expect(failuresOf(tries, tries)).toEqual([]);
    const again = (f: FunctionBuilder): void => {
      f.spin_lock(a);
      f.if(f.spin_trylock(a), () => {
        f.invariant('never', 0);
      });
      f.spin_unlock(a);
    };
    expect(failuresOf(again)).toEqual([]);
    const sleeps = (f: FunctionBuilder): void => {
      f.if(f.spin_trylock(a), () => {
        f.mutex_lock(outer);
      });
    };
    expect(failuresOf(sleeps)).toEqual(['sleep-in-atomic@f0(a)']);
  });
});
