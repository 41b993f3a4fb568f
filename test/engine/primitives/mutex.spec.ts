import {
  fn,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  type Place,
  type MutexField,
} from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

const { a, b } = statics({ a: mutex(), b: mutex() });

class Owner extends Struct {
  static override readonly tag = 'owner';
  lock = mutex();
}
const { owner } = statics({ owner: ptr(() => Owner) });

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
