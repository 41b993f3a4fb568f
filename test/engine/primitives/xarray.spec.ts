/** struct xarray and struct ida: what is given out, found, and walked while others erase. */
import { flag, Ida, int, mutex, statics, Struct, XArray } from '@lastref/authoring';
import { BoundExceeded } from '@lastref/kernel';
import { named, type Body } from '../library/named.js';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 3;
  number = int(3);
  used = flag();
}
const xa = new XArray('things', Thing, 3);
const other = new XArray('others', Thing, 1);
const single = new Ida('single', 1);
const ids = new Ida('ids', 2);
const { got, lock } = statics({ got: int(9), lock: mutex() });

/** Things 1 and 2 at indices 0 and 2, behind another array and after an index given back. */
const given: Body = (f) => {
  const id = f.var('id', 2);
  const make = (number: number): void => {
    const thing = f.kzalloc(Thing);
    f.store(thing.number, number);
    f.unless(f.xa_alloc(xa, id, thing), () => {
      f.invariant('there is room', 0);
    });
  };
  make(1);
  make(3);
  make(2);
  f.kfree(f.xa_erase(xa, 1));
};
const gotBy = (body: Body): number => ranAlone(body, { given })('got');
const run = (bodies: Readonly<Record<string, Body>>) => proveTiny({ given, tasks: named(bodies) });

describe('xarray', () => {
  it('enters at the lowest free index, and refuses when there is none', () => {
    const body: Body = (f) => {
      const thing = f.kzalloc(Thing);
      const id = f.var('id', 2);
      f.if(f.xa_alloc(xa, id, thing), () => {
        f.store(got, id);
      });
      f.if(f.xa_alloc(xa, id, thing), () => {
        f.store(got, 9);
      });
    };
    expect(gotBy(body)).toBe(1);
  });

  it('says index 0 with the refusal, and with nothing found, whatever stands behind its entries', () => {
    const full: Body = (f) => {
      f.store(got, 2);
      const id = f.var('id', 2);
      const thing = f.kzalloc(Thing);
      f.ignore(f.xa_alloc(xa, id, thing));
      f.unless(f.xa_alloc(xa, id, thing), () => {
        f.store(got, id);
      });
    };
    expect(gotBy(full)).toBe(0);
    const behind: Body = (f) => {
      f.ignore(f.is_null(f.xa_store(other, 0, f.xa_load(xa, 0))));
      const index = f.var('index', 2);
      const thing = f.xa_find(xa, 3, index);
      f.if(f.is_null(thing), () => {
        f.store(got, index);
      });
      f.unless(f.is_null(thing), () => {
        f.store(got, 9);
      });
    };
    expect(gotBy(behind)).toBe(0);
  });

  it('works on the places it is given, not on the first of the function', () => {
    const body: Body = (f) => {
      const first = f.xa_load(xa, 2);
      const second = f.xa_load(xa, 0);
      const index = f.var('index', 2, 2);
      const id = f.var('id', 2, 2);
      f.ignore(f.xa_alloc(xa, id, second));
      f.check('it is entered', f.xa_load(xa, id).number, '==', 1);
      const found = f.xa_find(xa, 1, index);
      f.check('it is found', found.number, '==', 1);
      f.check('the first stays', first.number, '==', 2);
      const old = f.xa_store(xa, id, first);
      f.check('it gives the old one', old.number, '==', 1);
      f.check('it is stored', f.xa_load(xa, 1).number, '==', 2);
    };
    expect(run({ body })).toMatchObject({ failures: [], reports: [] });
  });

  it('stores over what was there, and gives it', () => {
    const body: Body = (f) => {
      const old = f.xa_store(xa, 2, f.xa_load(xa, 0));
      f.check('the old one', old.number, '==', 2);
      f.check('the new one', f.xa_load(xa, 2).number, '==', 1);
      f.unless(f.is_null(f.xa_store(xa, 1, old)), () => {
        f.invariant('none was at 1', 0);
      });
    };
    expect(run({ body }).failures).toEqual([]);
  });

  it('finds the next entry from an index on, and where it is', () => {
    const found = (from: number): number =>
      gotBy((f) => {
        const index = f.var('index', 2);
        const thing = f.xa_find(xa, from, index);
        f.if(
          thing,
          () => {
            f.check('it is there', f.xa_load(xa, index).number, '!=', 0);
            f.store(got, index);
          },
          () => {
            f.store(got, 9);
          },
        );
      });
    expect([0, 1, 2, 3].map(found)).toEqual([0, 2, 2, 9]);
  });

  it('is walked safely while the body, or somebody else, erases', () => {
    const frees: Body = (f) => {
      f.mutex_lock(lock);
      f.xa_for_each(xa, (index, thing) => {
        f.set_bit(thing.used);
        f.kfree(f.xa_erase(xa, index));
      });
      f.mutex_unlock(lock);
    };
    expect(run({ frees, again: frees })).toMatchObject({ failures: [], reports: [] });
  });

  it('protects no entry from being freed', () => {
    const walks: Body = (f) => {
      f.xa_for_each(xa, (_, thing) => {
        f.set_bit(thing.used);
      });
    };
    const frees: Body = (f) => {
      f.kfree(f.xa_erase(xa, 2));
    };
    expect(run({ walks, frees }).failures).toEqual(['use-after-free@walks(thing freed by frees)']);
  });

  it('keeps what is in it from being lost, until it is destroyed', () => {
    const looks: Body = (f) => {
      f.ignore(f.is_null(f.xa_load(xa, 0)));
    };
    expect(run({ looks }).failures).toEqual([]);
    const destroys: Body = (f) => {
      f.xa_destroy(xa);
    };
    expect(run({ destroys }).failures).toEqual(['leak@given(thing)']);
  });

  it('has a bound for indices that the caller chose', () => {
    const body: Body = (f) => {
      f.ignore(f.is_null(f.xa_load(other, 1)));
    };
    expect(() => run({ body })).toThrow(BoundExceeded);
  });
});

describe('ida', () => {
  it('gives the lowest number out, and again when it is back', () => {
    const body: Body = (f) => {
      f.ida_alloc(ids);
      f.invariant('the second', f.ida_alloc(ids));
      f.ida_free(ids, 0);
      f.store(got, f.ida_alloc(ids));
    };
    expect(run({ body })).toMatchObject({ failures: [], reports: [] });
    expect(gotBy(body)).toBe(0);
  });

  it('has its own numbers, each taken back by itself', () => {
    const body: Body = (f) => {
      const pad = f.ida_alloc(single);
      const [zero, one] = [f.ida_alloc(ids), f.ida_alloc(ids)];
      f.ida_free(ids, one);
      const again = f.ida_alloc(ids);
      const expected: readonly (readonly [typeof again, number])[] = [
        [again, 1],
        [pad, 0],
        [zero, 0],
      ];
      for (const [number, value] of expected)
        f.unless(f.eq(number, value), () => {
          f.invariant('the same again, and the others stand', 0);
        });
      f.ida_free(single, 0);
    };
    expect(run({ body })).toMatchObject({ failures: [], reports: [] });
  });

  it.each([2, -1])('has no number %d to take back: an error, no verdict', (number) => {
    const body: Body = (f) => {
      const id = f.var('id', 2, 0, -1);
      f.add(id, 0, number);
      f.ida_free(ids, id);
    };
    expect(() => run({ body })).toThrow(
      'bound exceeded: the id of ids would pass its declared maximum 1',
    );
  });

  it('warns of a number that comes back twice', () => {
    const body: Body = (f) => {
      const id = f.ida_alloc(ids);
      f.ida_free(ids, id);
      f.ida_free(ids, id);
    };
    expect(run({ body })).toMatchObject({
      failures: [],
      reports: ['warning@body(ids has no such id)'],
    });
  });

  it('has a bound', () => {
    const body: Body = (f) => {
      for (let i = 0; i < 3; i++) f.ida_alloc(ids);
    };
    expect(() => run({ body })).toThrow(BoundExceeded);
  });
});
