/** A workqueue that drains refuses what others queue: it does not run, then or later. */
import {
  completion,
  flag,
  fn,
  ptr,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type Ref,
} from '@lastref/authoring';
import { kindOf } from '@lastref/kernel';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Holder extends Struct {
  static override readonly tag = 'holder';
  running = work();
  late = work();
  ran = flag();
}
const { wq, holder, go } = statics({
  wq: ptr(() => Wq),
  holder: ptr(() => Holder),
  go: completion(),
});

const run_running = fn('run_running', 'a.c', (f, self: Ref<typeof Holder>) => {
  f.wait_for_completion(go);
  f.set_bit(self.ran);
});
const run_late = fn('run_late', 'a.c', (f, self: Ref<typeof Holder>) => {
  f.set_bit(self.ran);
  f.invariant('late work runs', 0);
});
const destroy = fn('destroy', 'a.c', (f) => {
  const queue = f.load(wq);
  f.queue_work(queue, f.load(holder).running);
  f.milestone('draining');
  f.destroy_workqueue(queue);
});
const flush = fn('flush', 'a.c', (f) => {
  const queue = f.load(wq);
  f.queue_work(queue, f.load(holder).running);
  f.milestone('draining');
  f.flush_workqueue(queue);
});
/** Comes between the two steps of the first call: the running item waits for it. */
const other = fn('other', 'a.c', (f) => {
  f.queue_work(f.load(wq), f.load(holder).late);
  f.complete(go);
});

const besideOther = (first: typeof destroy): TinyCase => ({
  works: [
    [Holder, 'running', run_running],
    [Holder, 'late', run_late],
  ],
  given: (f) => {
    f.store(wq, f.alloc_workqueue(Wq));
    f.store(holder, f.kzalloc(Holder));
  },
  tasks: [
    task('first', (f) => {
      f.call(first);
    }),
    task(
      'other',
      (f) => {
        f.call(other);
      },
      { after: 'draining' },
    ),
  ],
});

it('while it is destroyed', () => {
  const { failures, unexecuted, complete } = proveTiny(besideOther(destroy));
  expect(complete).toBe(true);
  expect(failures.map(kindOf)).not.toContain('invariant');
  expect(unexecuted.length).toBeGreaterThan(0);
});

it('but not while it is flushed', () => {
  expect(proveTiny(besideOther(flush)).failures).toEqual(['invariant@run_late(late work runs)']);
});
