/** Tables by index: an idr, the names of a directory, and the counts of a module, one call after another in one task. */
import {
  fn,
  Idr,
  int,
  KernelModule,
  ptr,
  refcount,
  statics,
  Struct,
  SysfsDirectory,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

class Device extends Struct {
  static override readonly tag = 'device';
  static override readonly count = 2;
  number = int(3);
  refs = refcount(3);
}
const idr = new Idr('devices', Device, 2);
const other = new Idr('others', Device, 1);
const directory = new SysfsDirectory('block', 2);
const second = new SysfsDirectory('char', 1);
const third = new SysfsDirectory('none', 1);
const driver = new KernelModule('driver', 2, []);
const { device, none, got } = statics({
  device: ptr(() => Device),
  none: ptr(() => Device),
  got: int(9),
});

/** A device, behind another table and another directory, with two references, number 3, at index 1. */
const entered = (f: FunctionBuilder) => {
  f.idr_remove(other, 0);
  f.sysfs_create(third, 0);
  const object = f.kzalloc(Device);
  f.store(device, object);
  f.store(object.number, 3);
  f.refcount_set(object.refs, 2);
  f.ignore(f.idr_alloc(idr, 1, object));
};

type Body = (f: FunctionBuilder) => void;
const value = (name: string, body: Body): number => ranAlone(body, { given: entered })(name);

const FOUND = 1;
const NOT = 2;
type Condition = Parameters<FunctionBuilder['if']>[0];
const answer = (test: (f: FunctionBuilder) => Condition): number =>
  value('got', (f) => {
    f.if(
      test(f),
      () => {
        f.store(got, FOUND);
      },
      () => {
        f.store(got, NOT);
      },
    );
  });

const failures = (body: Body): readonly string[] =>
  proveTiny({
    given: entered,
    tasks: [
      task('1', (f) => {
        f.call(fn('use', 'a.c', body));
      }),
    ],
  }).failures;

describe('idr', () => {
  it('gives an index once, until it is removed', () => {
    expect(answer((f) => f.idr_alloc(idr, 1, f.load(device)))).toBe(NOT);
    expect(answer((f) => f.idr_alloc(idr, 0, f.load(device)))).toBe(FOUND);
    expect(
      answer((f) => {
        f.idr_remove(idr, 1);
        return f.idr_alloc(idr, 1, f.load(device));
      }),
    ).toBe(FOUND);
  });

  it('finds what was entered, where it was', () => {
    expect(
      value('got', (f) => {
        f.store(got, f.load(f.idr_find(idr, 1).number));
      }),
    ).toBe(3);
    expect(answer((f) => f.not(f.is_null(f.idr_find(idr, 0))))).toBe(NOT);
    expect(
      answer((f) => {
        f.idr_remove(idr, 1);
        return f.not(f.is_null(f.idr_find(idr, 1)));
      }),
    ).toBe(NOT);
  });

  it('keeps what was there where the index was taken', () => {
    const body: Body = (f) => {
      const late = f.kzalloc(Device);
      f.ignore(f.idr_alloc(idr, 1, late));
      f.store(got, f.load(f.idr_find(idr, 1).number));
    };
    expect(value('got', body)).toBe(3);
  });

  it('works on the pointers it is given, not on the first of the function', () => {
    const body: Body = (f) => {
      const first = f.load(none);
      f.ignore(f.idr_alloc(idr, 0, f.load(device)));
      const found = f.idr_find(idr, 0);
      const counted = f.idr_find_get(idr, 1, 'refs');
      f.if(f.eq(found, counted), () => {
        f.if(f.is_null(first), () => {
          f.store(got, f.load(counted.number));
        });
      });
    };
    expect(value('got', body)).toBe(3);
  });

  it('finds an object with a reference more, unless it has none', () => {
    const refs = (body: Body) =>
      value('got', (f) => {
        body(f);
        const object = f.load(device);
        f.if(
          f.refcount_dec_not_one(object.refs),
          () => {
            f.if(
              f.refcount_dec_not_one(object.refs),
              () => {
                f.store(got, 3);
              },
              () => {
                f.store(got, 2);
              },
            );
          },
          () => {
            f.store(got, 1);
          },
        );
      });
    expect(refs(() => undefined)).toBe(2);
    expect(
      refs((f) => {
        f.idr_find_get(idr, 1, 'refs');
      }),
    ).toBe(3);
    expect(
      refs((f) => {
        f.idr_find_get(idr, 0, 'refs');
      }),
    ).toBe(2);
    expect(
      answer((f) => {
        f.refcount_set(f.load(device).refs, 0);
        return f.is_null(f.idr_find_get(idr, 1, 'refs'));
      }),
    ).toBe(FOUND);
    expect(answer((f) => f.is_null(f.idr_find_get(idr, 1, 'refs')))).toBe(NOT);
    expect(answer((f) => f.is_null(f.idr_find_get(idr, 0, 'refs')))).toBe(FOUND);
  });

  it('a dead object in it is not asked for its count', () => {
    expect(
      failures((f) => {
        f.kfree(f.load(device));
        f.idr_find_get(idr, 1, 'refs');
        f.invariant('it went on', 0);
      }),
    ).toEqual(['use-after-free@use(device freed by use)']);
  });

  it('forgets all entries, of its own only, when it is destroyed', () => {
    const destroyed =
      (which: Idr<typeof Device>, at: number) =>
      (f: FunctionBuilder): Condition => {
        f.ignore(f.idr_alloc(idr, 0, f.load(device)));
        f.ignore(f.idr_alloc(other, 0, f.load(device)));
        f.idr_destroy(idr);
        return f.is_null(f.idr_find(which, at));
      };
    expect(answer(destroyed(idr, 0))).toBe(FOUND);
    expect(answer(destroyed(idr, 1))).toBe(FOUND);
    expect(answer(destroyed(other, 0))).toBe(NOT);
  });

  it.each([
    [2, 'bound exceeded: the index into devices would pass its declared maximum 1'],
    [-1, 'bound exceeded: the index into devices would pass its declared maximum 1'],
  ])('an index of %d is an error, no verdict', (index, message) => {
    const body: Body = (f) => {
      const at = f.var('at', 2, 0, -1);
      f.add(at, 0, index);
      f.idr_remove(idr, at);
    };
    expect(() => value('got', body)).toThrow(message);
  });
});

describe('a directory', () => {
  it('has each name by itself, and each directory its own', () => {
    expect(
      failures((f) => {
        f.sysfs_create(directory, 0);
        f.sysfs_create(directory, 1);
        f.sysfs_create(second, 0);
        f.sysfs_remove(directory, 0);
        f.sysfs_create(directory, 0);
        f.sysfs_remove(directory, 1);
        f.sysfs_remove(second, 0);
      }),
    ).toEqual([]);
  });

  it('goes no further after a failure', () => {
    const twice = failures((f) => {
      f.sysfs_create(directory, 1);
      f.sysfs_create(directory, 1);
      f.invariant('it went on', 0);
    });
    const gone = failures((f) => {
      f.sysfs_remove(directory, 1);
      f.invariant('it went on', 0);
    });
    expect([twice, gone]).toEqual([['duplicate-name@use(block)'], ['bad-removal@use(block)']]);
  });

  it.each([2, -1])('a name numbered %d is an error, no verdict', (index) => {
    const body: Body = (f) => {
      const at = f.var('at', 2, 0, -1);
      f.add(at, 0, index);
      f.sysfs_create(directory, at);
    };
    expect(() => value('got', body)).toThrow(
      'bound exceeded: the name in block would pass its declared maximum 1',
    );
  });
});

describe('a module', () => {
  it('cannot go while it is used, and not twice', () => {
    expect(
      answer((f) => {
        f.ignore(f.try_module_get(driver));
        return f.module_begin_exit(driver);
      }),
    ).toBe(NOT);
    expect(
      answer((f) => {
        f.ignore(f.try_module_get(driver));
        f.module_put(driver);
        return f.module_begin_exit(driver);
      }),
    ).toBe(FOUND);
    expect(
      answer((f) => {
        f.ignore(f.module_begin_exit(driver));
        return f.module_begin_exit(driver);
      }),
    ).toBe(NOT);
  });

  it('gives references while it is live', () => {
    expect(answer((f) => f.try_module_get(driver))).toBe(FOUND);
    expect(
      answer((f) => {
        f.ignore(f.module_begin_exit(driver));
        return f.try_module_get(driver);
      }),
    ).toBe(NOT);
  });

  it('reports a put without a get, and goes no further', () => {
    expect(
      failures((f) => {
        f.module_put(driver);
        f.invariant('it went on', 0);
      }),
    ).toEqual(['refcount-underflow@use(driver)']);
  });

  it('is an error where it is used more often than declared', () => {
    const body: Body = (f) => {
      for (let i = 0; i < 3; i++) f.ignore(f.try_module_get(driver));
    };
    expect(() => value('got', body)).toThrow('bound exceeded');
  });
});
