/** Entries of a struct list_head that move, and loops over them that free what they visit. */
import {
  fn,
  int,
  list,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

class Entry extends Struct {
  static override readonly tag = 'entry';
  static override readonly count = 2;
  node = list();
  value = int(3);
}
const { all, others, one, two, last } = statics({
  all: list(),
  others: list(),
  one: ptr(() => Entry),
  two: ptr(() => Entry),
  last: int(3),
});

/** Entries 1 and 2 on the list `all`. */
const given = (f: FunctionBuilder): void => {
  f.INIT_LIST_HEAD(all);
  [one, two].forEach((place, i) => {
    const entry = f.kzalloc(Entry);
    f.store(entry.value, i + 1);
    f.store(place, entry);
    f.list_add_tail(entry.node, all);
  });
};
const run = (body: (f: FunctionBuilder) => void) =>
  proveTiny({
    given,
    tasks: [
      task('t', (f) => {
        f.call(fn('fun', 'a.c', body));
      }),
    ],
  });

/** The entries have to be these, in this order, whichever way they are walked. */
const expectValues = (f: FunctionBuilder, values: readonly number[]): void => {
  const entry = f.pointer('entry', Entry);
  const expectNext = (step: 'list_next_entry' | 'list_prev_entry', ordered: readonly number[]) => {
    [...ordered, 0].forEach((value, i) => {
      f.if(
        f[step](entry, i === 0 ? all : entry.node, 'node'),
        () => {
          f.check('in order', entry.value, '==', value);
        },
        () => {
          f.invariant('there are no more', f.var('end', 1, value === 0 ? 1 : 0));
        },
      );
    });
  };
  expectNext('list_next_entry', values);
  expectNext('list_prev_entry', values.toReversed());
};

describe('list', () => {
  it('moves an entry to either end, and all of them to another list', () => {
    const result = run((f) => {
      f.list_move(f.load(two).node, all);
      expectValues(f, [2, 1]);
      f.list_move_tail(f.load(two).node, all);
      expectValues(f, [1, 2]);
      f.INIT_LIST_HEAD(others);
      f.list_splice_init(all, others);
      expectValues(f, []);
      f.list_splice_init(all, others);
      f.list_splice_init(others, all);
      expectValues(f, [1, 2]);
    });
    expect(result.failures).toEqual([]);
  });

  it('splices before the entries of the other list', () => {
    const result = run((f) => {
      f.INIT_LIST_HEAD(others);
      f.list_move(f.load(two).node, others);
      f.list_splice_init(others, all);
      expectValues(f, [2, 1]);
    });
    expect(result.failures).toEqual([]);
  });

  const freeing =
    (walk: 'list_for_each_entry' | 'list_for_each_entry_safe') =>
    (f: FunctionBuilder): void => {
      const entry = f.pointer('entry', Entry);
      f.store(one, null);
      f.store(two, null);
      f[walk](entry, all, 'node', () => {
        f.list_del(entry.node);
        f.kfree(entry);
      });
    };

  it('is freed entry by entry only where the one behind was read before', () => {
    expect(run(freeing('list_for_each_entry_safe')).failures).toEqual([]);
    expect(run(freeing('list_for_each_entry')).failures).toEqual([
      'use-after-free@fun(entry freed by fun)',
    ]);
  });

  it('is not walked safely from others that free the one behind', () => {
    const result = run((f) => {
      const entry = f.pointer('entry', Entry);
      f.list_for_each_entry_safe(entry, all, 'node', () => {
        const second = f.load(two);
        f.store(two, null);
        f.if(second, () => {
          f.list_del(second.node);
          f.kfree(second);
        });
        f.store(last, f.load(entry.value));
      });
    });
    expect(result.failures).toEqual(['use-after-free@fun(entry freed by fun)']);
  });
});
