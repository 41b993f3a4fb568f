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
  mutex,
} from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

class Frame extends Struct {
  static override readonly tag = 'frame';
  done = completion();
}
class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Holder extends Struct {
  static override readonly tag = 'holder';
  item = work();
  ran = flag();
}
const { waiter, wq, holder, lock, data } = statics({
  waiter: ptr(() => Frame),
  wq: ptr(() => Wq),
  holder: ptr(() => Holder),
  lock: mutex(),
  data: flag(),
});

const run_item = fn('run_item', 'a.c', (f, self: Ref<typeof Holder>) => {
  f.set_bit(self.ran);
  f.mutex_lock(lock);
  f.mutex_unlock(lock);
});
const setup = (f: Parameters<Parameters<typeof task>[1]>[0]): void => {
  f.store(wq, f.alloc_workqueue(Wq));
  f.store(holder, f.kzalloc(Holder));
};
const works = [[Holder, 'item', run_item]] as const;
const queue = fn('queue', 'a.c', (f) => {
  f.queue_work(f.load(wq), f.load(holder).item);
});

describe('completion', () => {
  const wait = fn('wait', 'a.c', (f) => {
    const frame = f.on_stack(Frame);
    f.store(waiter, frame);
    f.wait_for_completion(frame.done);
  });
  const wake = fn('wake', 'a.c', (f) => {
    const frame = f.load(waiter);
    f.if(frame, () => {
      f.complete(frame.done);
    });
  });

  it('remembers an early complete, and is hung for ever without one', () => {
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(wait);
        }),
        task('2', (f) => {
          f.call(wake);
        }),
      ],
    });
    expect(result.failures).toEqual(['hung-task@wait(frame.done)']);
    expect(result.ends.clean).toBeGreaterThan(0);
  });

  it('on a stack frame that is gone is a use-after-free', () => {
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(wait);
          f.milestone('left');
          f.load(waiter);
        }),
        task('2', (f) => {
          f.call(wake);
        }),
        task(
          '3',
          (f) => {
            f.call(wake);
          },
          { after: 'left' },
        ),
      ],
    });
    expect(result.failures).toEqual([
      'hung-task@wait(frame.done)',
      'use-after-free@wake(frame freed by wait)',
    ]);
  });
});

describe('workqueue', () => {
  it('flush waits for the items present at arrival', () => {
    const flush = fn('flush', 'a.c', (f) => {
      f.call(queue);
      f.flush_workqueue(f.load(wq));
      f.milestone('flushed');
      f.load(wq);
    });
    const result = proveTiny({
      works: [...works],
      given: setup,
      tasks: [
        task('1', (f) => {
          f.call(flush);
        }),
      ],
      reaches: ['flushed'],
    });
    expect(result).toMatchObject({ failures: [], missed: [] });
  });

  it('flush under a lock that the item needs is a deadlock and a lock-order report', () => {
    const flush = fn('flush', 'a.c', (f) => {
      f.mutex_lock(lock);
      f.flush_workqueue(f.load(wq));
      f.mutex_unlock(lock);
    });
    const result = proveTiny({
      works: [...works],
      given: (f) => {
        setup(f);
        f.call(queue);
      },
      tasks: [
        task('1', (f) => {
          f.call(flush);
        }),
      ],
    });
    expect(result.failures).toEqual(['deadlock@flush(wq)+run_item(lock)']);
    expect(result.reports).toEqual(['lock-order@(wq)wq+lock']);
  });

  it('a worker that flushes its own queue is a deadlock of length one', () => {
    const self_flush = fn('self_flush', 'a.c', (f, self: Ref<typeof Holder>) => {
      f.set_bit(self.ran);
      f.flush_workqueue(f.load(wq));
    });
    const result = proveTiny({
      works: [[Holder, 'item', self_flush]],
      given: (f) => {
        setup(f);
        f.call(queue);
      },
      tasks: [
        task('1', (f) => {
          f.stay();
        }),
      ],
    });
    expect(result.failures).toEqual(['deadlock@self_flush(wq)']);
  });

  it('destroy drains, frees the queue, and accepts nothing more', () => {
    const destroy = fn('destroy', 'a.c', (f) => {
      const q = f.load(wq);
      f.store(wq, null);
      f.destroy_workqueue(q);
    });
    const result = proveTiny({
      works: [...works],
      given: (f) => {
        setup(f);
        f.call(queue);
      },
      tasks: [
        task('1', (f) => {
          f.call(destroy);
        }),
      ],
    });
    expect(result).toMatchObject({ failures: [], ends: { clean: 1, failed: 0 } });
  });

  it('an item in freed memory is a use-after-free in its function', () => {
    const free = fn('free', 'a.c', (f) => {
      f.kfree(f.load(holder));
    });
    const result = proveTiny({
      works: [...works],
      given: (f) => {
        setup(f);
        f.call(queue);
      },
      tasks: [
        task('1', (f) => {
          f.call(free);
        }),
      ],
    });
    expect(result.failures).toEqual(['use-after-free@run_item(holder freed by free)']);
  });

  it('a parked worker never runs, and what it leaves pending is no leak', () => {
    const result = proveTiny({
      works: [...works],
      given: (f) => {
        setup(f);
        f.call(queue);
      },
      tasks: [
        task('1', (f) => {
          f.call(queue);
        }),
      ],
      parked: [Wq],
    });
    expect(result.failures).toEqual([]);
  });
});

describe('a wait for the outside world', () => {
  it('may last for ever without being hung', () => {
    const receive = fn('receive', 'a.c', (f) => {
      f.wait_for_outside_world(data);
    });
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(receive);
        }),
      ],
    });
    expect(result).toMatchObject({ failures: [], ends: { clean: 1 } });
  });

  it('ends when the flag is set, and not before', () => {
    const receive = fn('receive', 'a.c', (f) => {
      f.wait_for_outside_world(data);
      f.milestone('received');
      f.check('it came', data, '==', 1);
    });
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(receive);
        }),
        task('2', (f) => {
          f.set_bit(data);
        }),
      ],
      reaches: ['received'],
    });
    expect(result).toMatchObject({ failures: [], missed: [], complete: true });
  });
});
