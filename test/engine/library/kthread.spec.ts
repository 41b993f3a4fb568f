/** Kernel threads: kthread_stop returns when the thread has ended, and not before. */
import {
  completion,
  flag,
  fn,
  kthread,
  mutex,
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
const { device, thread, other, lock } = statics({
  device: ptr(() => Device),
  thread: kthread(),
  other: completion(),
  lock: mutex(),
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
    () => f.not(f.kthread_should_stop(thread)),
    () => {
      const mine = f.load(device);
      f.set_bit(mine.used);
    },
  );
};
const frees =
  (stops: boolean): Body =>
  (f) => {
    f.kthread_run(thread);
    if (stops) f.kthread_stop(thread);
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

it('where the thread waits for something else, that is what hangs, and kthread_stop with it', () => {
  const never: Body = (f) => {
    f.wait_for_completion(other);
  };
  expect(run(never, frees(true)).failures).toEqual(['hung-task@thread_fn(other)']);
});

const starts: Body = (f) => {
  f.kthread_run(thread);
};
const locks: Body = (f) => {
  f.mutex_lock(lock);
  f.mutex_unlock(lock);
};
const stops: Body = (f) => {
  f.kthread_stop(thread);
};

it('a thread that stops itself is a deadlock of length one', () => {
  const { failures, complete } = run(stops, starts);
  expect(failures).toEqual(['deadlock@thread_fn(thread)']);
  expect(complete).toBe(true);
});

it('stopping a thread under a lock that it takes is a deadlock, and no lock order, which lockdep does not see', () => {
  const stopsLocked: Body = (f) => {
    starts(f);
    f.mutex_lock(lock);
    stops(f);
    f.mutex_unlock(lock);
  };
  expect(run(locks, stopsLocked)).toMatchObject({
    failures: ['deadlock@thread_fn(lock)+unbind(thread)'],
    reports: [],
  });
});

it('a thread that has ended is stopped at once, one that is stopped before it ran does nothing', () => {
  const twice: Body = (f) => {
    starts(f);
    stops(f);
    stops(f);
  };
  expect(run(works, twice)).toMatchObject({ failures: [], complete: true });
  const early: Body = (f) => {
    f.invariant('the thread runs', 0);
  };
  const { failures, ends } = run(early, (f) => {
    starts(f);
    stops(f);
  });
  expect(failures).toEqual(['invariant@thread_fn(the thread runs)']);
  expect(ends.clean).toBe(1);
});

it('a thread that nobody runs waits for ever, and so does who stops it; one that is run twice is past the bound', () => {
  expect(run(works, locks)).toMatchObject({ failures: [], ends: { clean: 1 } });
  expect(run(works, stops).failures).toEqual(['hung-task@unbind(thread)']);
  expect(() =>
    run(works, (f) => {
      starts(f);
      starts(f);
    }),
  ).toThrow('threads of thread');
});
