/** Data races: told where a case asks for them, of two accesses that can happen at once and of which one is not marked. */
import { flag, int, mutex, ptr, refcount, statics, Struct } from '@lastref/authoring';
import { prove, Sampler } from '@lastref/exploration';
import { renderReport } from '@lastref/reporting';
import { shrink } from '@lastref/shrinking';
import { named, type Body } from './library/named.js';
import { tiny } from './support/tiny.js';

class Thing extends Struct {
  static override readonly tag = 'thing';
  count = int(3);
}
const { x, y, lock, thing, refs } = statics({
  x: int(3),
  y: flag(),
  lock: mutex(),
  thing: ptr(() => Thing),
  refs: refcount(3),
});

const given: Body = (f) => {
  f.store(thing, f.kzalloc(Thing));
  f.refcount_set(refs, 1);
};
const racing = (bodies: Readonly<Record<string, Body>>) =>
  tiny({ given, detect: ['data-race'], tasks: named(bodies) });
const reports = (bodies: Readonly<Record<string, Body>>): readonly string[] => {
  const { failures, reports: found, complete } = prove(racing(bodies));
  expect({ failures, complete }).toEqual({ failures: [], complete: true });
  return found;
};

const loads: Body = (f) => {
  f.load(x);
};
const stores: Body = (f) => {
  f.store(x, 1);
};
const loads_once: Body = (f) => {
  f.READ_ONCE(x);
};
const stores_once: Body = (f) => {
  f.WRITE_ONCE(x, 1);
};
const locked =
  (body: Body): Body =>
  (f) => {
    f.mutex_lock(lock);
    body(f);
    f.mutex_unlock(lock);
  };

describe('data races', () => {
  it('are two accesses at once, one a store, one unmarked', () => {
    expect(reports({ loads, stores })).toEqual(['data-race@loads(x)+stores(x)']);
    expect(reports({ loads_once, stores })).toEqual(['data-race@loads_once(x)+stores(x)']);
    expect(reports({ loads, stores_once })).toEqual(['data-race@loads(x)+stores_once(x)']);
    expect(reports({ stores, again: stores })).toEqual(['data-race@again(x)+stores(x)']);
  });

  it('are none where both are marked, or neither stores', () => {
    expect(reports({ loads_once, stores_once })).toEqual([]);
    expect(reports({ loads, again: loads })).toEqual([]);
  });

  it('are none where a lock keeps them apart', () => {
    expect(reports({ loads: locked(loads), stores: locked(stores) })).toEqual([]);
    expect(reports({ loads: locked(loads), stores })).toEqual(['data-race@loads(x)+stores(x)']);
  });

  it('are of one location: an object of several, a field of several', () => {
    const own: Body = (f) => {
      f.store(f.READ_ONCE(thing).count, 1);
    };
    const other: Body = (f) => {
      f.store(y, 1);
    };
    expect(reports({ own, other })).toEqual([]);
    expect(reports({ own, again: own })).toEqual(['data-race@again(thing.count)+own(thing.count)']);
  });

  it('are not made by what the kernel marks in its own way', () => {
    const atomic: Body = (f) => {
      f.set_bit(y);
      f.ignore(f.test_bit(y));
      f.clear_bit(y);
      f.refcount_read(refs);
      f.refcount_inc(refs);
      f.ignore(f.refcount_dec_and_test(refs));
    };
    expect(reports({ atomic, again: atomic })).toEqual([]);
  });

  it('are not looked for unless a case asks', () => {
    expect(prove(tiny({ given, tasks: named({ loads, stores }) })).reports).toEqual([]);
  });

  it('are found by symmetry and with reduction asked for as well', () => {
    const program = racing({ loads, stores });
    for (const options of [{ symmetry: true }, { reduce: true }])
      expect(prove(program, options).reports).toEqual(['data-race@loads(x)+stores(x)']);
  });

  it('are found by sampling, by walker and interpreter alike', () => {
    const totals = (interpret: boolean) => {
      const sampler = new Sampler(racing({ loads, stores }), 'rw/1', { interpret });
      sampler.run(0, 100);
      return sampler.totals();
    };
    expect(totals(false)).toEqual(totals(true));
    expect(totals(true).signatures.map(({ signature }) => signature)).toEqual([
      'data-race@loads(x)+stores(x)',
    ]);
  });

  it('are shrunk to a schedule, and told in the words of KCSAN', () => {
    const result = shrink(racing({ loads, stores }), 'data-race@loads(x)+stores(x)');
    if (!result.ok) throw new Error(result.message);
    expect(renderReport(result.trace, {})).toContain('BUG: KCSAN: data-race in loads / stores');
  });
});
