/** A list of two entries, and one task that works on it. */
import {
  flag,
  fn,
  int,
  list,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import type { SearchResult } from '@lastref/exploration';
import { proveTiny, type TinyCase } from './tiny.js';

export class Entry extends Struct {
  static override readonly tag = 'entry';
  static override readonly count = 3;
  node = list();
  value = int(3);
}
export class Head extends Struct {
  static override readonly tag = 'head';
  entries = list();
}
export const { all, one, two, head, last, ready } = statics({
  all: list(),
  one: ptr(() => Entry),
  two: ptr(() => Entry),
  head: ptr(() => Head),
  last: int(3),
  ready: flag(),
});

/** Entries 1 and 2 on the list `all`, in the order given. */
export const listed =
  (add: 'list_add' | 'list_add_tail') =>
  (f: FunctionBuilder): void => {
    f.INIT_LIST_HEAD(all);
    [one, two].forEach((place, i) => {
      const entry = f.kzalloc(Entry);
      f.store(entry.value, i + 1);
      f.store(place, entry);
      f[add](entry.node, all);
    });
  };
export const run = (
  body: (f: FunctionBuilder) => void,
  options: Partial<TinyCase> = {},
): SearchResult =>
  proveTiny({
    given: listed('list_add_tail'),
    ...options,
    tasks: [
      task('t', (f) => {
        f.call(fn('fun', 'a.c', body));
      }),
    ],
  });
