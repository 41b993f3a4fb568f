/** What list_add, list_add_tail and list_del notice of neighbours and of entries that are gone. */
import type { FunctionBuilder } from '@lastref/authoring';
import { Entry, all, one, two, run } from '../support/listed.js';

describe('neighbours that do not agree', () => {
  const CORRUPT = [expect.stringMatching(/^list-corruption@fun\(/)];
  /** The head forgot its entries, which still lead to it. */
  const forgotten = (f: FunctionBuilder) => {
    f.INIT_LIST_HEAD(all);
    return f.kzalloc(Entry).node;
  };

  it.each<[string, (f: FunctionBuilder) => void]>([
    [
      'list_del of an entry that the one before does not lead to',
      (f) => {
        f.INIT_LIST_HEAD(all);
        f.list_del(f.load(one).node);
      },
    ],
    [
      'list_del of an entry that the one behind does not lead back to',
      (f) => {
        f.INIT_LIST_HEAD(all);
        f.list_del_init(f.load(two).node);
      },
    ],
    [
      'list_add between two of which the second does not lead back',
      (f) => {
        f.list_add(forgotten(f), f.load(two).node);
      },
    ],
    [
      'list_add_tail between two of which the first does not lead on',
      (f) => {
        f.list_add_tail(forgotten(f), f.load(one).node);
      },
    ],
    [
      'list_add of an entry to itself',
      (f) => {
        const { node } = f.kzalloc(Entry);
        f.INIT_LIST_HEAD(node);
        f.list_add(node, node);
      },
    ],
    [
      'list_add of an entry to itself, where others stand behind it',
      (f) => {
        const { node } = f.load(one);
        f.list_add(node, node);
      },
    ],
    [
      'list_add_tail of an entry to itself, where others stand before it',
      (f) => {
        const { node } = f.load(two);
        f.list_add_tail(node, node);
      },
    ],
  ])('are noticed by %s, which goes no further', (_what, body) => {
    const { failures } = run((f) => {
      body(f);
      f.invariant('it went on', 0);
    });
    expect(failures).toEqual(CORRUPT);
  });
});

describe.each(['list_add', 'list_add_tail', 'list_move', 'list_move_tail'] as const)(
  '%s',
  (add) => {
    const freed = (f: FunctionBuilder) => {
      const entry = f.kzalloc(Entry);
      f.kfree(entry);
      return entry.node;
    };
    const STALE = ['use-after-free@fun(entry freed by fun)'];

    it('notices an entry that is gone, and a head that is', () => {
      const entry = run((f) => {
        f[add](freed(f), all);
        f.invariant('it went on', 0);
      });
      const behind = run((f) => {
        const gone = freed(f);
        f[add](f.load(one).node, gone);
        f.invariant('it went on', 0);
      });
      expect([entry.failures, behind.failures]).toEqual([STALE, STALE]);
    });
  },
);

describe('list_splice_init', () => {
  const fresh = (f: FunctionBuilder) => {
    const { node } = f.kzalloc(Entry);
    f.INIT_LIST_HEAD(node);
    return node;
  };
  const freed = (f: FunctionBuilder) => {
    const entry = f.kzalloc(Entry);
    f.kfree(entry);
    return entry.node;
  };

  it.each<[string, (f: FunctionBuilder) => void]>([
    [
      'its list',
      (f) => {
        f.list_splice_init(freed(f), all);
      },
    ],
    [
      'the head it goes behind',
      (f) => {
        f.list_splice_init(all, freed(f));
      },
    ],
    [
      'the first that it moves',
      (f) => {
        f.kfree(f.load(one));
        f.list_splice_init(all, fresh(f));
      },
    ],
    [
      'the last that it moves',
      (f) => {
        f.kfree(f.load(two));
        f.list_splice_init(all, fresh(f));
      },
    ],
    [
      'the first of the other list',
      (f) => {
        const list = fresh(f);
        f.list_move(f.load(two).node, list);
        f.kfree(f.load(one));
        f.list_splice_init(list, all);
      },
    ],
  ])('notices that %s is gone, and goes no further', (_, body) => {
    const { failures } = run((f) => {
      body(f);
      f.invariant('it went on', 0);
    });
    expect(failures).toEqual(['use-after-free@fun(entry freed by fun)']);
  });

  it('names the list that was never initialised', () => {
    const list = run((f) => {
      f.list_splice_init(f.kzalloc(Entry).node, all);
    });
    const behind = run((f) => {
      f.list_splice_init(all, f.kzalloc(Entry).node);
    });
    const NULL_NODE = ['null-deref@fun(entry.node)'];
    expect([list.failures, behind.failures]).toEqual([NULL_NODE, NULL_NODE]);
  });
});
