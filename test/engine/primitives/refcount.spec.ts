import { fn, int, mutex, ptr, refcount, statics, Struct, task, type Ref } from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

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

describe('refcount', () => {
  it('reports an increment from zero', () => {
    const get = fn('get', 'a.c', (f) => {
      f.refcount_inc(f.load(device).refs);
    });
    const result = proveTiny({
      ...added(0),
      tasks: [
        task('1', (f) => {
          f.call(get);
        }),
      ],
    });
    expect(result.failures).toEqual(['refcount-inc-from-zero@get(device.refs)']);
  });

  it('reports an underflow', () => {
    const put = fn('put', 'a.c', (f) => {
      f.ignore(f.refcount_dec_and_test(f.load(device).refs));
    });
    const result = proveTiny({
      ...added(0),
      tasks: [
        task('1', (f) => {
          f.call(put);
        }),
      ],
    });
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
    const result = proveTiny({
      ...added(0),
      tasks: [
        task('1', (f) => {
          f.call(get);
        }),
      ],
    });
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
    const result = proveTiny({
      ...added(0),
      tasks: [
        task('1', (f) => {
          f.call(put);
        }),
      ],
    });
    expect(result.failures).toEqual(['refcount-underflow@put(device.refs)']);
  });
});
