import {
  hlist_head,
  hlist_node,
  int,
  ptr,
  statics,
  Struct,
  type FunctionBuilder,
} from '@lastref/authoring';
import { named, type Body } from '../library/named.js';
import { proveTiny } from '../support/tiny.js';

class Entry extends Struct {
  static override readonly tag = 'entry';
  static override readonly count = 3;
  hash = hlist_node();
  value = int(3);
}
const { bucket, other, one, two } = statics({
  bucket: hlist_head(),
  other: hlist_head(),
  one: ptr(() => Entry),
  two: ptr(() => Entry),
});

/** Entry 2 before entry 1: each was added at the head. */
const given: Body = (f) => {
  [one, two].forEach((place, i) => {
    const entry = f.kzalloc(Entry);
    f.store(entry.value, i + 1);
    f.store(place, entry);
    f.hlist_add_head(entry.hash, bucket);
  });
};
const run = (bodies: Readonly<Record<string, Body>>) => proveTiny({ given, tasks: named(bodies) });

/** The values in the bucket have to be these. */
const expectValues = (f: FunctionBuilder, values: readonly number[]): void => {
  const entry = f.pointer('entry', Entry);
  const seen = f.var('seen', values.length);
  f.hlist_for_each_entry(entry, bucket, 'hash', () => {
    values.forEach((value, i) => {
      f.if(f.eq(seen, i), () => {
        f.check('in order', entry.value, '==', value);
      });
    });
    f.add(seen, seen, 1);
  });
  f.unless(f.eq(seen, values.length), () => {
    f.invariant('all', 0);
  });
};

describe('hlist', () => {
  it('puts the node first, closes over one that is deleted, and is empty when all are', () => {
    const body: Body = (f) => {
      expectValues(f, [2, 1]);
      f.hlist_del(f.load(one).hash);
      expectValues(f, [2]);
      f.hlist_add_head(f.load(one).hash, bucket);
      expectValues(f, [1, 2]);
      f.hlist_del(f.load(one).hash);
      expectValues(f, [2]);
      f.if(f.hlist_empty(bucket), () => {
        f.invariant('not yet empty', 0);
      });
      f.hlist_del_init(f.load(two).hash);
      expectValues(f, []);
      f.unless(f.hlist_empty(bucket), () => {
        f.invariant('empty', 0);
      });
    };
    expect(run({ body }).failures).toEqual([]);
  });

  it('is empty, and its nodes in no list, before anything was done', () => {
    const body: Body = (f) => {
      f.unless(f.hlist_empty(other), () => {
        f.invariant('empty', 0);
      });
      const entry = f.kzalloc(Entry);
      f.unless(f.hlist_unhashed(entry.hash), () => {
        f.invariant('unhashed', 0);
      });
      f.hlist_del_init(entry.hash);
      f.kfree(entry);
    };
    expect(run({ body }).failures).toEqual([]);
  });

  it('is deleted by two that ask first, with hlist_del_init', () => {
    const leaves: Body = (f) => {
      f.hlist_del_init(f.load(one).hash);
    };
    expect(run({ leaves, again: leaves })).toMatchObject({ failures: [], reports: [] });
  });

  it('runs into the poison of a node that is deleted twice, or walked on from', () => {
    const twice: Body = (f) => {
      const entry = f.load(one);
      f.hlist_del(entry.hash);
      f.hlist_del(entry.hash);
    };
    const walks: Body = (f) => {
      const entry = f.load(two);
      f.hlist_del(entry.hash);
      f.ignore(f.hlist_entry_safe(entry, entry.hash, 'hash'));
    };
    expect(run({ twice }).failures).toEqual(['list-corruption@twice(entry.hash)']);
    expect(run({ walks }).failures).toEqual(['list-corruption@walks(entry.hash)']);
  });

  it('finds no list of a node that was never added', () => {
    const body: Body = (f) => {
      const entry = f.kzalloc(Entry);
      f.hlist_del(entry.hash);
    };
    expect(run({ body }).failures).toEqual(['null-deref@body(entry.hash)']);
  });

  it('is used after free by who deletes the neighbour of a node that was freed on it', () => {
    const frees: Body = (f) => {
      const entry = f.load(two);
      f.store(two, null);
      f.kfree(entry);
    };
    const deletes: Body = (f) => {
      f.hlist_del(f.load(one).hash);
    };
    expect(run({ frees, deletes }).failures).toEqual([
      'use-after-free@deletes(entry freed by frees)',
    ]);
  });

  const freeing =
    (walk: 'hlist_for_each_entry' | 'hlist_for_each_entry_safe'): Body =>
    (f) => {
      const entry = f.pointer('entry', Entry);
      f.store(one, null);
      f.store(two, null);
      f[walk](entry, bucket, 'hash', () => {
        f.hlist_del(entry.hash);
        f.kfree(entry);
      });
    };

  it('is freed entry by entry only where the one behind was read before', () => {
    expect(run({ body: freeing('hlist_for_each_entry_safe') })).toMatchObject({ failures: [] });
    expect(run({ body: freeing('hlist_for_each_entry') }).failures).toEqual([
      'use-after-free@body(entry freed by body)',
    ]);
  });
});
