import {
  fn,
  int,
  mutex,
  ptr,
  refcount,
  saturating,
  statics,
  Struct,
  task,
  type Fn,
  type Ref,
  type TaskSpec,
} from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny, tiny } from '../support/tiny.js';

class Device extends Struct {
  static override readonly tag = 'device';
  refs = refcount(3);
}
const { device, table_mutex } = statics({ device: ptr(() => Device), table_mutex: mutex() });

const added = (count: number) =>
  ({
    given: (f) => {
      const object = f.kzalloc(Device);
      f.store(device, object);
      f.refcount_set(object.refs, count);
    },
  }) satisfies Partial<Parameters<typeof proveTiny>[0]>;

const calling = (called: Fn<[], void>): TaskSpec[] => [
  task('1', (f) => {
    f.call(called);
  }),
];

describe('refcount', () => {
  it('reports an increment from zero', () => {
    const get = fn('get', 'a.c', (f) => {
      f.refcount_inc(f.load(device).refs);
    });
    const result = proveTiny({ ...added(0), tasks: calling(get) });
    expect(result.failures).toEqual(['refcount-inc-from-zero@get(device.refs)']);
  });

  it('reports an underflow', () => {
    const put = fn('put', 'a.c', (f) => {
      f.ignore(f.refcount_dec_and_test(f.load(device).refs));
    });
    const result = proveTiny({ ...added(0), tasks: calling(put) });
    expect(result.failures).toEqual(['refcount-underflow@put(device.refs)']);
  });

  it('stops with an error when a count passes its declared maximum', () => {
    const get = fn('get', 'a.c', (f) => {
      f.refcount_inc(f.load(device).refs);
    });
    expect(() =>
      proveTiny({
        ...added(3),
        tasks: [
          task('1', (f) => {
            f.call(get);
          }),
        ],
      }),
    ).toThrow('bound exceeded: device.refs would pass its declared maximum 3');
  });

  it('frees once and only after the last of refcount_dec_and_mutex_lock, by every path', () => {
    const get_and_put = fn('get_and_put', 'a.c', (f) => {
      f.mutex_lock(table_mutex);
      const object = f.load(device);
      f.if(object, () => {
        f.refcount_inc(object.refs);
      });
      f.mutex_unlock(table_mutex);
      f.if(object, () => {
        f.call(put, object);
      });
    });
    const put = fn('put', 'a.c', (f, object: Ref<typeof Device>) => {
      f.if(f.refcount_dec_and_mutex_lock(object.refs, table_mutex), () => {
        f.store(device, null);
        f.mutex_unlock(table_mutex);
        f.kfree(object);
      });
    });
    const put_own = fn('put_own', 'a.c', (f) => {
      f.call(put, f.load(device));
    });
    const result = proveTiny({
      ...added(1),
      tasks: [
        task('1', (f) => {
          f.call(put_own);
        }),
        task('2', (f) => {
          f.call(get_and_put);
        }),
      ],
    });
    expect(result).toMatchObject({ failures: [], reports: [] });
    // The slow path that finds another reference runs in the plain put; in the getter's own put nobody could have taken one.
    expect(result.unexecuted.filter(({ what }) => what === 'step')).toHaveLength(1);
  });

  it('gives a reference only while the count is not zero', () => {
    const get = fn('get', 'a.c', (f) => {
      const object = f.load(device);
      f.if(f.refcount_inc_not_zero(object.refs), () => {
        f.ignore(f.refcount_dec_and_test(object.refs));
      });
    });
    const result = proveTiny({ ...added(0), tasks: calling(get) });
    expect(result.failures).toEqual([]);
  });

  it('is taken unless it is zero, and dropped unless it is the last', () => {
    const { got } = statics({ got: int(2) });
    const exit = (
      call: 'refcount_inc_not_zero' | 'refcount_dec_not_one',
      count: number,
      after: number,
    ) =>
      ranAlone((f) => {
        const object = f.load(device);
        f.if(
          f[call](object.refs),
          () => {
            f.store(got, 1);
          },
          () => {
            f.store(got, 2);
          },
        );
        f.check('the count', object.refs, '==', after);
      }, added(count))('got');
    expect(exit('refcount_inc_not_zero', 0, 0)).toBe(2);
    expect(exit('refcount_inc_not_zero', 1, 2)).toBe(1);
    expect(exit('refcount_inc_not_zero', 2, 3)).toBe(1);
    expect(exit('refcount_dec_not_one', 1, 1)).toBe(2);
    expect(exit('refcount_dec_not_one', 2, 1)).toBe(1);
    expect(() => exit('refcount_inc_not_zero', 3, 3)).toThrow('bound exceeded');
  });

  it('reports an underflow of refcount_dec_not_one too', () => {
    const put = fn('put', 'a.c', (f) => {
      f.ignore(f.refcount_dec_not_one(f.load(device).refs));
      f.invariant('it went on', 0);
    });
    const result = proveTiny({ ...added(0), tasks: calling(put) });
    expect(result.failures).toEqual(['refcount-underflow@put(device.refs)']);
  });
});

describe('a refcount that saturates', () => {
  class Full extends Struct {
    static override readonly tag = 'full';
    refs = saturating(2);
  }
  const { full } = statics({ full: ptr(() => Full) });
  const gets = (how: 'refcount_inc' | 'refcount_add' | 'refcount_inc_not_zero') =>
    proveTiny({
      given: (f) => {
        const object = f.kzalloc(Full);
        f.store(full, object);
        f.refcount_set(object.refs, 2);
      },
      tasks: [
        task('1', (f) => {
          f.call(
            fn('get', 'a.c', (g) => {
              const { refs } = g.load(full);
              if (how === 'refcount_add') g.refcount_add(refs, 1);
              else if (how === 'refcount_inc') g.refcount_inc(refs);
              else g.ignore(g.refcount_inc_not_zero(refs));
            }),
          );
        }),
      ],
    });

  it.each(['refcount_inc', 'refcount_add', 'refcount_inc_not_zero'] as const)(
    'is reported when %s goes past its maximum',
    (how) => {
      expect(gets(how).failures).toEqual(['refcount-saturated@get(full.refs)']);
    },
  );

  it('names each of two that may be the one too many, with and without reduction', () => {
    const program = tiny({
      given: (f) => {
        const object = f.kzalloc(Full);
        f.store(full, object);
        f.refcount_set(object.refs, 1);
      },
      tasks: ['one', 'two'].map((name) =>
        task(name, (f) => {
          f.call(
            fn(name, 'a.c', (g) => {
              g.refcount_inc(g.load(full).refs);
            }),
          );
        }),
      ),
    });
    const both = ['refcount-saturated@one(full.refs)', 'refcount-saturated@two(full.refs)'];
    expect(prove(program).failures).toEqual(both);
    expect(prove(program, { reduce: true }).failures).toEqual(both);
  });
});

describe('refcount_dec', () => {
  const drops = (count: number) => {
    const drop = fn('drop', 'a.c', (f) => {
      f.refcount_dec(f.load(device).refs);
    });
    return proveTiny({
      ...added(count),
      tasks: [
        task('1', (f) => {
          f.call(drop);
        }),
      ],
    }).failures;
  };

  it('drops a reference that is not the last', () => {
    expect(drops(2)).toEqual([]);
  });

  it('reports the last as one that nobody acts on, and one too many as an underflow', () => {
    expect(drops(1)).toEqual(['refcount-saturated@drop(device.refs)']);
    expect(drops(0)).toEqual(['refcount-underflow@drop(device.refs)']);
  });
});

describe('several references at once', () => {
  const left = (before: number, by: number): string => {
    const holds = ranAlone((f) => {
      const object = f.kzalloc(Device);
      f.store(device, object);
      f.refcount_set(object.refs, before);
      f.if(f.refcount_sub_and_test(object.refs, by), () => {
        f.mutex_lock(table_mutex);
      });
    });
    return `${holds('device.refs')} ${holds('table_mutex') === 0 ? 'not the last' : 'the last'}`;
  };

  it('are dropped together, and are the last only if none is left', () => {
    expect(left(3, 2)).toBe('1 not the last');
    expect(left(2, 2)).toBe('0 the last');
  });

  it('are taken together, and not from zero', () => {
    const taken = ranAlone((f) => {
      const object = f.kzalloc(Device);
      f.store(device, object);
      f.refcount_set(object.refs, 1);
      f.refcount_add(object.refs, 2);
    });
    expect(taken('device.refs')).toBe(3);
    const from_zero = fn('from_zero', 'a.c', (f) => {
      f.refcount_add(f.load(device).refs, 2);
    });
    const result = proveTiny({
      ...added(0),
      tasks: [
        task('1', (f) => {
          f.call(from_zero);
        }),
      ],
    });
    expect(result.failures).toEqual(['refcount-inc-from-zero@from_zero(device.refs)']);
  });

  it('are not dropped if there are fewer', () => {
    const put = fn('put', 'a.c', (f) => {
      f.ignore(f.refcount_sub_and_test(f.load(device).refs, 2));
    });
    const result = proveTiny({
      ...added(1),
      tasks: [
        task('1', (f) => {
          f.call(put);
        }),
      ],
    });
    expect(result.failures).toEqual(['refcount-underflow@put(device.refs)']);
  });
});
