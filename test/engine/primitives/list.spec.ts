import { fn, list, Struct, task, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { Entry, Head, all, one, two, head, last, ready, listed, run } from '../support/listed.js';
import { proveTiny } from '../support/tiny.js';
/** Values of the list's entries, each checked against what is expected at its place. */
const expectValues = (f: FunctionBuilder, values: number[], walk: 'next' | 'prev'): void => {
  const entry = f.pointer('entry', Entry);
  const step = walk === 'next' ? 'list_next_entry' : 'list_prev_entry';
  values.forEach((value, i) => {
    f.unless(f[step](entry, i === 0 ? all : entry.node, 'node'), () => {
      f.invariant('there are more', 0);
    });
    f.unless(f.eq(f.load(entry.value), value), () => {
      f.invariant('in order', 0);
    });
  });
  f.if(f[step](entry, values.length === 0 ? all : entry.node, 'node'), () => {
    f.invariant('there are no more', 0);
  });
};

describe('list', () => {
  it.each([
    ['list_add_tail', 'next', [1, 2]],
    ['list_add_tail', 'prev', [2, 1]],
    ['list_add', 'next', [2, 1]],
    ['list_add', 'prev', [1, 2]],
  ] as const)('after %s is walked by %s in order', (add, walk, values) => {
    const result = run(
      (f) => {
        expectValues(f, [...values], walk);
      },
      { given: listed(add) },
    );
    expect(result.failures).toEqual([]);
  });

  it('closes over an entry that is deleted, and is empty when all are', () => {
    const result = run((f) => {
      f.list_del(f.load(one).node);
      expectValues(f, [2], 'next');
      f.if(f.list_empty(all), () => {
        f.invariant('not yet empty', 0);
      });
      f.list_del_init(f.load(two).node);
      expectValues(f, [], 'prev');
      f.unless(f.list_empty(all), () => {
        f.invariant('empty', 0);
      });
      f.unless(f.list_empty(f.load(two).node), () => {
        f.invariant('points to itself', 0);
      });
    });
    expect(result.failures).toEqual([]);
  });

  it('keeps a dead entry that a static head still leads to, so that using it is noticed', () => {
    const result = run((f) => {
      f.list_del(f.load(two).node);
      const entry = f.load(one);
      f.store(one, null);
      f.kfree(entry);
      f.store(last, 1);
      const found = f.pointer('found', Entry);
      f.if(f.list_next_entry(found, all, 'node'), () => {
        f.store(found.value, 1);
      });
    });
    expect(result.failures).toEqual(['use-after-free@fun(entry freed by fun)']);
  });

  it.each<[string, (f: FunctionBuilder) => void]>([
    [
      'deleting twice',
      (f) => {
        const entry = f.load(one);
        f.list_del(entry.node);
        f.list_del(entry.node);
      },
    ],
    [
      'walking on from a deleted entry',
      (f) => {
        const entry = f.load(one);
        f.list_del(entry.node);
        f.ignore(f.list_next_entry(entry, entry.node, 'node'));
      },
    ],
    [
      'adding behind a deleted entry',
      (f) => {
        f.list_del(f.load(one).node);
        f.list_add(f.load(two).node, f.load(one).node);
      },
    ],
    [
      'adding what is the first already',
      (f) => {
        f.list_add(f.load(one).node, all);
      },
    ],
  ])('reports %s', (_, body) => {
    expect(run(body).failures).toEqual(['list-corruption@fun(entry.node)']);
  });

  it('may take a deleted entry again', () => {
    const result = run((f) => {
      const entry = f.load(one);
      f.list_del(entry.node);
      f.list_add_tail(entry.node, all);
      expectValues(f, [2, 1], 'next');
    });
    expect(result.failures).toEqual([]);
  });

  it.each<[string, (f: FunctionBuilder) => void]>([
    [
      'before an entry that is deleted',
      (f) => {
        f.kfree(f.load(one));
        f.list_del(f.load(two).node);
      },
    ],
    [
      'behind an entry that is deleted',
      (f) => {
        f.kfree(f.load(two));
        f.list_del(f.load(one).node);
      },
    ],
    [
      'before an entry that is added',
      (f) => {
        f.kfree(f.load(two));
        f.list_add_tail(f.kzalloc(Entry).node, all);
      },
    ],
    [
      'behind an entry that is added',
      (f) => {
        f.kfree(f.load(one));
        f.list_add(f.kzalloc(Entry).node, all);
      },
    ],
  ])('reports a neighbour that was freed while it was on the list, %s', (_, body) => {
    const result = run((f) => {
      body(f);
      f.invariant('it went on', 0);
    });
    expect(result.failures).toEqual(['use-after-free@fun(entry freed by fun)']);
  });

  it('is not empty but NULL where its head was never initialised', () => {
    const walked = fn('walked', 'a.c', (f, first: Ref<typeof Entry>) => {
      f.if(f.list_next_entry(first, f.load(head).entries, 'node'), () => {
        f.store(last, f.load(first.value));
      });
    });
    const given = (f: FunctionBuilder): void => {
      f.store(head, f.kzalloc(Head));
    };
    const result = run(
      (f) => {
        f.call(walked, f.pointer('first', Entry));
      },
      { given },
    );
    expect(result.failures).toEqual(['null-deref@walked(entry.value)']);
    const added = run(
      (f) => {
        f.list_add(f.kzalloc(Entry).node, f.load(head).entries);
      },
      { given },
    );
    const appended = run(
      (f) => {
        f.list_add_tail(f.kzalloc(Entry).node, f.load(head).entries);
      },
      { given },
    );
    const NULL_HEAD = ['null-deref@fun(head.entries)'];
    expect([added.failures, appended.failures]).toEqual([NULL_HEAD, NULL_HEAD]);
  });

  it('names the entry that was in no list where it is deleted', () => {
    const result = run((f) => {
      f.list_del(f.kzalloc(Entry).node);
    });
    expect(result.failures).toEqual(['null-deref@fun(entry.node)']);
  });

  it('finds entries of the type that it is asked for, whatever the first pointer of the function is', () => {
    const result = run((f) => {
      const first = f.load(head);
      const found = f.pointer('found', Entry);
      f.unless(f.list_next_entry(found, all, 'node'), () => {
        f.invariant('there is one', 0);
      });
      f.check('no head', head, '==', first);
    });
    expect(result.failures).toEqual([]);
  });

  it('keeps its entries from leaking, from its head on', () => {
    const forget = (f: FunctionBuilder): void => {
      f.store(one, null);
      f.store(two, null);
    };
    expect(run(forget).failures).toEqual([]);
    const lost = run((f) => {
      f.list_del(f.load(one).node);
      forget(f);
      f.set_bit(ready);
    });
    expect(lost.failures).toEqual(['leak@given(entry)']);
  });

  it('keeps the slot of a dead entry that it still leads to', () => {
    const result = run((f) => {
      f.kfree(f.load(one));
      f.store(one, null);
      const fresh = f.kzalloc(Entry);
      const first = f.pointer('first', Entry);
      f.if(f.list_next_entry(first, all, 'node'), () => {
        f.store(fresh.value, f.load(first.value));
      });
    });
    expect(result.failures).toEqual(['use-after-free@fun(entry freed by fun)']);
  });
});

class Part extends Struct {
  static override readonly tag = 'part';
  sibling = list();
}
class Whole extends Struct {
  static override readonly tag = 'whole';
  parts = list();
}

describe('a list whose head is in an object', () => {
  const ends = (head: (f: FunctionBuilder) => Ref<typeof Whole>) =>
    proveTiny({
      tasks: [
        task('t', (f) => {
          const owner = head(f);
          const part = f.kzalloc(Part);
          f.INIT_LIST_HEAD(owner.parts);
          f.list_add(part.sibling, owner.parts);
          const found = f.pointer('found', Part);
          f.unless(f.list_next_entry(found, owner.parts, 'sibling'), () => {
            f.invariant('there is one', 0);
          });
          f.unless(f.eq(found, part), () => {
            f.invariant('it is the one', 0);
          });
          f.if(f.list_next_entry(found, part.sibling, 'sibling'), () => {
            f.invariant('the head is no entry', 0);
          });
          f.if(f.list_prev_entry(found, part.sibling, 'sibling'), () => {
            f.invariant('the head is no entry', 0);
          });
          f.stay(owner, part);
        }),
      ],
    }).failures;

  class Pair extends Struct {
    static override readonly tag = 'pair';
    static override readonly count = 2;
    parts = list();
    sibling = list();
  }

  it('ends at a head in an object of another type', () => {
    expect(ends((f) => f.kzalloc(Whole))).toEqual([]);
  });

  it('ends at a head that is another member of the type', () => {
    const failures = proveTiny({
      tasks: [
        task('t', (f) => {
          const [owner, part] = [f.kzalloc(Pair), f.kzalloc(Pair)];
          f.INIT_LIST_HEAD(owner.parts);
          f.list_add(part.sibling, owner.parts);
          const found = f.pointer('found', Pair);
          f.if(f.list_next_entry(found, part.sibling, 'sibling'), () => {
            f.invariant('the head is no entry', 0);
          });
          f.stay(owner, part);
        }),
      ],
    }).failures;
    expect(failures).toEqual([]);
  });
});
