/** Kernel threads: kthread_stop returns when the thread has ended, and not before. */
import {
  completion,
  flag,
  fn,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny } from '../support/tiny.js';

class Device extends Struct {
  static override readonly tag = 'device';
  used = flag();
}
const { device, ...thread } = statics({
  device: ptr(() => Device),
  run: flag(),
  should_stop: flag(),
  exited: completion(),
});

type Body = (f: FunctionBuilder) => void;
const run = (threadBody: Body, driver: Body) => {
  const thread_fn = fn('thread_fn', 'a.c', threadBody);
  const unbind = fn('unbind', 'a.c', driver);
  return proveTiny({
    given: (f) => {
      f.store(device, f.kzalloc(Device));
    },
    tasks: [
      task('thread', (f) => {
        kernel.kthread(f, thread, () => {
          f.call(thread_fn);
        });
      }),
      task('unbind', (f) => {
        f.call(unbind);
      }),
    ],
  });
};
const works: Body = (f) => {
  f.while(
    () => f.not(kernel.kthread_should_stop(f, thread)),
    () => {
      const mine = f.load(device);
      f.set_bit(mine.used);
    },
  );
};
const frees =
  (stops: boolean): Body =>
  (f) => {
    kernel.kthread_run(f, thread);
    if (stops) kernel.kthread_stop(f, thread);
    const mine = f.load(device);
    f.store(device, null);
    f.kfree(mine);
  };

it('what the thread uses may be freed behind kthread_stop, and not before', () => {
  expect(run(works, frees(true)).failures).toEqual([]);
  expect(run(works, frees(false)).failures).toContain(
    'use-after-free@thread_fn(device freed by unbind)',
  );
});

it('kthread_stop hangs where the thread waits for something else', () => {
  const never: Body = (f) => {
    f.wait_for_completion(thread.exited);
  };
  expect(run(never, frees(true)).failures).toEqual(['hung-task@thread_fn(exited)+unbind(exited)']);
});

it('a thread that stops itself is hung', () => {
  const itself: Body = (f) => {
    kernel.kthread_stop(f, thread);
  };
  const starts: Body = (f) => {
    kernel.kthread_run(f, thread);
  };
  expect(run(itself, starts).failures).toEqual(['hung-task@thread_fn(exited)']);
});
