/** A condition is used where it is made: an `if` of JavaScript sees an object, which is always true. */
import { device_open, errorOf, IN_DEVICE_OPEN, built, listing } from '../small.fixture.js';
import { fn } from '../language/fn.js';
import { Idr, KernelModule, statics } from '../language/globals.js';
import {
  completion,
  flag,
  kernfs,
  list,
  mutex,
  ptr,
  refcount,
  Struct,
} from '../language/struct.js';
import type { FunctionBuilder } from './function-builder.js';
import type { Cond } from './graph.js';

class Device extends Struct {
  static override readonly tag = 'device';
  refs = refcount(3);
  node = list();
}
const { gone, ready, lock, done, file, head, device } = statics({
  gone: flag(),
  ready: flag(),
  lock: mutex(),
  done: completion(),
  file: kernfs(),
  head: list(),
  device: ptr(() => Device),
});
const idr = new Idr('devices', Device, 2);
const driver = new KernelModule('driver', 3, ['driver.c']);

/** Every call that returns a condition. */
const CONDITIONS: Record<string, (f: FunctionBuilder) => Cond> = {
  test_bit: (f) => f.test_bit(gone),
  test_and_set_bit: (f) => f.test_and_set_bit(gone),
  test_and_clear_bit: (f) => f.test_and_clear_bit(gone),
  mutex_trylock: (f) => f.mutex_trylock(lock),
  refcount_inc_not_zero: (f) => f.refcount_inc_not_zero(f.load(device).refs),
  refcount_dec_and_test: (f) => f.refcount_dec_and_test(f.load(device).refs),
  refcount_dec_and_mutex_lock: (f) => f.refcount_dec_and_mutex_lock(f.load(device).refs, lock),
  idr_alloc: (f) => f.idr_alloc(idr, 0, f.load(device)),
  wait_for_completion_timeout: (f) => f.wait_for_completion_timeout(done),
  try_module_get: (f) => f.try_module_get(driver),
  module_begin_exit: (f) => f.module_begin_exit(driver),
  kernfs_get_active: (f) => f.kernfs_get_active(file),
  list_empty: (f) => f.list_empty(head),
  list_next_entry: (f) => f.list_next_entry(f.pointer('d', Device), head, 'node'),
  eq: (f) => f.eq(f.load(gone), 1),
  is_null: (f) => f.is_null(f.load(device)),
  not: (f) => f.not(f.test_bit(gone)),
  and: (f) => f.and(f.test_bit(gone), () => f.test_bit(ready)),
  or: (f) => f.or(f.test_bit(gone), () => f.test_bit(ready)),
};
const NOT_USED = `${IN_DEVICE_OPEN}a condition was made and not used`;

describe.each(Object.entries(CONDITIONS))('the condition of %s', (_, make) => {
  it('is an error when something else is built behind it', () => {
    const spec = device_open((f) => {
      make(f);
      f.set_bit(ready);
    });
    expect(errorOf(spec)).toContain(NOT_USED);
  });

  it('is an error when the function ends', () => {
    expect(errorOf(device_open((f) => void make(f)))).toContain(NOT_USED);
  });

  it('is an error when a branch ends', () => {
    const spec = device_open((f) => {
      f.if(f.test_bit(ready), () => {
        make(f);
      });
      f.set_bit(ready);
    });
    expect(errorOf(spec)).toContain(NOT_USED);
  });

  it('may be ignored in so many words', () => {
    const spec = device_open((f) => {
      f.ignore(make(f));
      f.set_bit(ready);
    });
    expect(errorOf(spec)).toBe('');
  });
});

describe('JavaScript where the model is meant', () => {
  it.each<[string, (f: FunctionBuilder) => void]>([
    [
      'if',
      (f) => {
        if ((f.test_bit(gone) as unknown) === true) f.return();
        f.set_bit(ready);
      },
    ],
    [
      '!',
      (f) => {
        const isThere = !(f.test_bit(gone) as unknown);
        if (isThere) f.set_bit(ready);
      },
    ],
    [
      '&&',
      (f) => {
        const first: unknown = f.test_bit(gone);
        f.if((first && f.test_bit(ready)) as Cond, () => {
          f.return();
        });
      },
    ],
    [
      '?:',
      (f) => {
        const which = (f.test_bit(gone) as unknown) ? ready : gone;
        f.set_bit(which);
      },
    ],
    [
      'a loop',
      (f) => {
        for (let i = 0; (f.test_bit(gone) as unknown) && i < 2; i++) f.set_bit(ready);
      },
    ],
    [
      'a helper that drops it',
      (f) => {
        const is_gone = (): void => void f.test_bit(gone);
        is_gone();
        f.return();
      },
    ],
    [
      'a call in between',
      (f) => {
        const isGone = f.test_bit(gone);
        f.call(
          fn('helper', 'a.c', (g) => {
            g.set_bit(ready);
          }),
        );
        f.if(isGone, () => {
          f.return();
        });
      },
    ],
  ])('%s', (_, body) => {
    expect(errorOf(device_open(body))).toContain(NOT_USED);
  });

  it('a boolean in place of a condition', () => {
    const spec = device_open((f) => {
      f.if(true as unknown as Cond, () => {
        f.set_bit(ready);
      });
    });
    expect(errorOf(spec)).toContain('this is no condition but true: write f.not, f.and and f.or');
  });
});

it('the error names the line that made the condition, not the one that noticed', () => {
  const line = lineOf(new Error()) + 2;
  const spec = device_open((f) => {
    f.test_bit(gone);

    f.set_bit(ready);
  });
  expect(errorOf(spec)).toContain(`conditions.spec.ts:${line}:`);
});

it('a condition is used once, and before anything else', () => {
  const spec = device_open((f) => {
    const isGone = f.test_bit(gone);
    f.if(isGone, () => {
      f.set_bit(ready);
    });
    f.if(isGone, () => undefined);
  });
  expect(errorOf(spec)).toContain(`${IN_DEVICE_OPEN}this condition was made earlier`);
});

it('f.ignore goes on in both cases', () => {
  const program = built(
    device_open((f) => {
      f.ignore(f.test_bit(gone));
      f.set_bit(ready);
    }),
  );
  expect(listing(program).slice(1)).toEqual(['1: test_bit -1,0 -> 2|2', '2: store -1,1,0,1 -> 0']);
});

const lineOf = (error: Error): number =>
  Number(/conditions\.spec\.ts:(\d+)/.exec(error.stack ?? '')?.[1]);
