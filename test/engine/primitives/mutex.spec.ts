import {
  flag,
  fn,
  int,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
  type Place,
  type MutexField,
} from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

const { a, b } = statics({ a: mutex(), b: mutex() });

class Owner extends Struct {
  static override readonly tag = 'owner';
  lock = mutex();
}
const { owner } = statics({ owner: ptr(() => Owner) });

class Two extends Struct {
  static override readonly tag = 'two';
  first = mutex();
  busy = flag();
  second = mutex();
}
const { two, got } = statics({ two: ptr(() => Two), got: int(2) });

const both = (name: string, first: Place<MutexField>, second: Place<MutexField>) =>
  fn(name, 'a.c', (f) => {
    f.mutex_lock(first);
    f.mutex_lock(second);
    f.mutex_unlock(second);
    f.mutex_unlock(first);
  });
const ab = both('ab', a, b);
const ba = both('ba', b, a);

describe('mutex', () => {
  it('names an AB-BA deadlock by the functions and classes of its cycle, and its lock order', () => {
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(ab);
        }),
        task('2', (f) => {
          f.call(ba);
        }),
      ],
    });
    expect(result.failures).toEqual(['deadlock@ab(b)+ba(a)']);
    expect(result.reports).toEqual(['lock-order@a+b']);
  });

  it('reports lock order without any overlap, when one run makes both edges', () => {
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(ab);
          f.milestone('done');
          f.mutex_lock(a);
          f.mutex_unlock(a);
        }),
        task(
          '2',
          (f) => {
            f.call(ba);
          },
          { after: 'done' },
        ),
      ],
    });
    expect(result).toMatchObject({ failures: [], reports: ['lock-order@a+b'] });
  });

  it('reports no lock order when no single run makes all edges of the cycle', () => {
    const either = fn('either', 'a.c', (f) => {
      f.if(
        f.mutex_trylock(owner_chosen.chosen),
        () => {
          f.call(ab);
        },
        () => undefined,
      );
    });
    const other = fn('other', 'a.c', (f) => {
      f.if(
        f.mutex_trylock(owner_chosen.chosen),
        () => {
          f.call(ba);
        },
        () => undefined,
      );
    });
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(either);
          f.stay();
        }),
        task('2', (f) => {
          f.call(other);
          f.stay();
        }),
      ],
    });
    expect(result.reports).toEqual([]);
  });

  it('names taking a held lock again as recursion and a deadlock of length one', () => {
    const again = both('again', a, a);
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(again);
        }),
      ],
    });
    expect(result.failures).toEqual(['deadlock@again(a)']);
    expect(result.reports).toEqual(['recursive-lock@a']);
  });

  it('reports an unlock by a task that does not own the lock', () => {
    const wrong = fn('wrong', 'a.c', (f) => {
      f.mutex_unlock(a);
    });
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(wrong);
        }),
      ],
    });
    expect(result.failures).toEqual(['bad-unlock@wrong(a)']);
  });

  it('reports a lock still held when its task is gone', () => {
    const forget = fn('forget', 'a.c', (f) => {
      f.mutex_lock(a);
    });
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(forget);
        }),
      ],
    });
    expect(result.failures).toEqual(['leak@forget(held a)']);
  });

  it('reports freeing an object whose lock is held, and locking one that is dead', () => {
    const free = fn('free', 'a.c', (f) => {
      const object = f.load(owner);
      f.kfree(object);
    });
    const use = fn('use', 'a.c', (f) => {
      const object = f.load(owner);
      f.mutex_lock(object.lock);
      f.mutex_unlock(object.lock);
    });
    const result = proveTiny({
      given: (f) => {
        f.store(owner, f.kzalloc(Owner));
      },
      tasks: [
        task('1', (f) => {
          f.call(free);
        }),
        task('2', (f) => {
          f.call(use);
        }),
      ],
    });
    expect(result.failures).toEqual([
      'held-lock-freed@free(owner freed by free)',
      'use-after-free@use(owner freed by free)',
    ]);
  });
});

const owner_chosen = statics({ chosen: mutex() });
const { one_left, busy } = statics({ one_left: flag(), busy: flag() });

describe('a mutex', () => {
  it('is another lock than the one before it in the same object', () => {
    const pair = fn('pair', 'a.c', (f) => {
      const object = f.load(two);
      f.mutex_lock(object.second);
      f.set_bit(object.busy);
      f.clear_bit(object.busy);
      f.mutex_unlock(object.second);
    });
    const only = fn('only', 'a.c', (f) => {
      const object = f.load(two);
      f.mutex_lock(object.second);
      f.check('nobody else is in', object.busy, '==', 0);
      f.mutex_unlock(object.second);
    });
    const result = proveTiny({
      given: (f) => {
        f.store(two, f.kzalloc(Two));
      },
      tasks: [pair, only].map((each, i) =>
        task(`task ${i}`, (f) => {
          f.call(each);
        }),
      ),
    });
    expect(result).toMatchObject({ failures: [], complete: true });
  });

  it('is taken by a try while nobody holds it, and not while its owner does', () => {
    const tried = (before: (f: FunctionBuilder) => void) =>
      ranAlone((f) => {
        before(f);
        f.if(
          f.mutex_trylock(a),
          () => {
            f.store(got, 1);
          },
          () => {
            f.store(got, 2);
          },
        );
      })('got');
    expect(tried(() => undefined)).toBe(1);
    expect(
      tried((f) => {
        f.mutex_lock(a);
      }),
    ).toBe(2);
  });
});

describe('mutex_unlock_two_step', () => {
  /** The last of two users frees the object, under a mutex inside it. */
  const lastFrees = (unlock: 'mutex_unlock' | 'mutex_unlock_two_step') => {
    const leave = fn('leave', 'a.c', (f) => {
      const object = f.load(owner);
      f.mutex_lock(object.lock);
      const last = f.test_and_set_bit(one_left);
      f.if(
        last,
        () => {
          f.mutex_unlock(object.lock);
          f.store(owner, null);
          f.kfree(object);
        },
        () => {
          f[unlock](object.lock);
        },
      );
    });
    return proveTiny({
      given: (f) => {
        f.store(owner, f.kzalloc(Owner));
      },
      tasks: [1, 2].map((i) =>
        task(`task ${i}`, (f) => {
          f.call(leave);
        }),
      ),
    });
  };

  it('still works on the mutex when the next owner has freed what it is in', () => {
    expect(lastFrees('mutex_unlock_two_step').failures).toEqual([
      'use-after-free@leave(owner freed by leave)',
    ]);
    expect(lastFrees('mutex_unlock').failures).toEqual([]);
  });

  it('lets another own the mutex between its steps, and excludes like any unlock', () => {
    const inside = fn('inside', 'a.c', (f) => {
      f.mutex_lock(a);
      f.check('nobody else is in', busy, '==', 0);
      f.set_bit(busy);
      f.clear_bit(busy);
      f.mutex_unlock_two_step(a);
    });
    const result = proveTiny({
      tasks: [1, 2].map((i) =>
        task(`task ${i}`, (f) => {
          f.call(inside);
        }),
      ),
    });
    expect(result).toMatchObject({ failures: [], reports: [], complete: true });
  });

  it('is only for the owner', () => {
    const wrong = fn('wrong', 'a.c', (f) => {
      f.mutex_unlock_two_step(a);
    });
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(wrong);
        }),
      ],
    });
    expect(result.failures).toEqual(['bad-unlock@wrong(a)']);
  });
});
