/** Where memory is reused at once, which slots become free is a function of the state, not of the order of deaths. */
import { fn, ptr, statics, Struct, task } from '@lastref/authoring';
import { tiny } from '../support/tiny.js';
import { told } from './told.js';

class Leaf extends Struct {
  static override readonly tag = 'leaf';
  static override readonly count = 1;
}
class Node extends Struct {
  static override readonly tag = 'node';
  static override readonly count = 2;
  leaf = ptr(() => Leaf);
  next = ptr(() => Node);
}
const { keep, out, last } = statics({
  keep: ptr(() => Node),
  out: ptr(() => Leaf),
  last: ptr(() => Node),
});

it.each(['leaf first', 'node first'] as const)(
  'a dead object that another dead one points to becomes free with it: %s',
  (order) => {
    const run = fn('run', 'a.c', (f) => {
      const node = f.kzalloc(Node);
      const leaf = f.kzalloc(Leaf);
      f.store(keep, node);
      if (order === 'leaf first') f.kfree(leaf);
      f.kfree(node);
      if (order === 'node first') f.kfree(leaf);
      f.store(node.leaf, leaf);
      f.store(keep, null);
      f.store(out, f.kzalloc(Leaf));
    });
    const tasks = [
      task('user', (f) => {
        f.call(run);
      }),
    ];
    expect(told(tiny({ reuse: 'zeroed', tasks }))).toEqual({ failures: [], reports: [] });
  },
);

it('two dead objects that point to each other become free together', () => {
  const run = fn('run', 'a.c', (f) => {
    const [a, b] = [f.kzalloc(Node), f.kzalloc(Node)];
    f.kfree(a);
    f.kfree(b);
    f.store(a.next, b);
    f.store(b.next, a);
    f.store(keep, f.kzalloc(Node));
    f.store(last, f.kzalloc(Node));
  });
  const tasks = [
    task('user', (f) => {
      f.call(run);
    }),
  ];
  expect(told(tiny({ reuse: 'zeroed', tasks }))).toEqual({ failures: [], reports: [] });
});
