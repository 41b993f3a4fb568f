/** Wait queues: what wakes whom, and what is lost. */
import {
  flag,
  fn,
  int,
  ptr,
  spinlock,
  statics,
  Struct,
  task,
  waitqueue,
  type FunctionBuilder,
} from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { neverExecuted } from '../support/never-executed.js';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Device extends Struct {
  static override readonly tag = 'device';
  queue = waitqueue();
}
const { queue, ready, atomic, device, result } = statics({
  queue: waitqueue(),
  ready: flag(),
  atomic: spinlock(),
  device: ptr(() => Device),
  result: int(2),
});

type Body = (f: FunctionBuilder) => void;
const NAMES = ['sleeper', 'waker', 'third'] as const;
const specOf = (bodies: readonly Body[], spec: Omit<TinyCase, 'tasks'> = {}): TinyCase => ({
  ...spec,
  tasks: bodies.map((body, i) => {
    const name = NAMES[i] ?? 'other';
    const called = fn(name, 'a.c', body);
    return task(name, (f) => {
      f.call(called);
    });
  }),
});
const run = (...args: Parameters<typeof specOf>) => proveTiny(specOf(...args));

/** @param first what comes first: preparing, or looking at the condition */
const sleeps =
  (first: 'prepares' | 'looks'): Body =>
  (f) => {
    if (first === 'prepares') f.prepare_to_wait(queue);
    f.unless(f.test_bit(ready), () => {
      if (first === 'looks') f.prepare_to_wait(queue);
      f.schedule(queue);
    });
    f.finish_wait(queue);
  };
const wakes: Body = (f) => {
  f.set_bit(ready);
  f.wake_up(queue);
};

it('a wake-up between the test and prepare_to_wait is lost: the sleeper is hung', () => {
  expect(run([sleeps('looks'), wakes]).failures).toEqual(['hung-task@sleeper(queue)']);
});

it('who prepares before testing is woken, or sees that the condition holds', () => {
  expect(run([sleeps('prepares'), wakes])).toMatchObject({ failures: [], complete: true });
});

it('a wake-up before the condition is set is lost too', () => {
  const early: Body = (f) => {
    f.wake_up(queue);
    f.set_bit(ready);
  };
  expect(run([sleeps('prepares'), early]).failures).toEqual(['hung-task@sleeper(queue)']);
});

it.each(['wake_up', 'wake_up_all'] as const)('%s wakes all that are queued', (wake) => {
  const waker: Body = (f) => {
    f.set_bit(ready);
    f[wake](queue);
  };
  expect(run([sleeps('prepares'), waker, sleeps('prepares')])).toMatchObject({ failures: [] });
});

it('schedule returns at once for who has not prepared', () => {
  const plain: Body = (f) => {
    f.schedule(queue);
  };
  expect(run([plain])).toMatchObject({ failures: [] });
});

it('schedule may sleep, prepare_to_wait and wake_up do not', () => {
  const sleeper: Body = (f) => {
    f.spin_lock(atomic);
    f.prepare_to_wait(queue);
    f.wake_up(queue);
    f.finish_wait(queue);
    f.schedule(queue);
  };
  expect(run([sleeper]).failures).toEqual(['sleep-in-atomic@sleeper(atomic)']);
});

it('a sleeper is queued until it is woken or has finished', () => {
  const active = (before: Body) =>
    ranAlone((f) => {
      before(f);
      f.if(f.waitqueue_active(queue), () => {
        f.store(result, 1);
      });
    })('result');
  const prepare: Body = (f) => {
    f.prepare_to_wait(queue);
  };
  expect(active(() => undefined)).toBe(0);
  expect(active(prepare)).toBe(1);
  expect(
    active((f) => {
      prepare(f);
      f.finish_wait(queue);
    }),
  ).toBe(0);
});

it('a sleep with a timeout ends when nothing else can run, and is no hang', () => {
  const timed: Body = (f) => {
    f.prepare_to_wait(queue);
    f.if(
      f.schedule_timeout(queue),
      () => {
        f.store(result, 1);
      },
      () => {
        f.store(result, 2);
      },
    );
    f.finish_wait(queue);
  };
  expect(run([timed])).toMatchObject({ failures: [], complete: true });
  expect(neverExecuted(specOf([timed]))).toEqual(['result = 1']);
  expect(run([timed, wakes]).unexecuted).toEqual([]);
});

it.each([
  ['interruptible', 'interrupt'],
  ['killable', 'kill'],
] as const)('a sleep that is %s ends by a signal', (how, signal) => {
  const leaves: Body = (f) => {
    f.prepare_to_wait(queue);
    f.unless(f[`schedule_${how}`](queue), () => {
      f.store(result, 1);
    });
    f.finish_wait(queue);
  };
  expect(neverExecuted(specOf([leaves], { signals: { sleeper: signal } }))).toEqual([]);
  expect(run([leaves])).toMatchObject({ failures: [], ends: { clean: 1 } });
});

it('a queue that dies under its sleeper is found when that goes on', () => {
  const sleeper: Body = (f) => {
    const owner = f.load(device);
    f.prepare_to_wait(owner.queue);
    f.schedule(owner.queue);
    f.finish_wait(owner.queue);
  };
  const frees: Body = (f) => {
    const owner = f.load(device);
    f.wake_up(owner.queue);
    f.store(device, null);
    f.kfree(owner);
  };
  const { failures } = run([sleeper, frees], {
    given: (f) => {
      f.store(device, f.kzalloc(Device));
    },
  });
  expect(failures).toContain('use-after-free@sleeper(device freed by waker)');
});

describe('prepare_to_wait_exclusive', () => {
  const exclusive: Body = (f) => {
    f.milestone('queued');
    f.prepare_to_wait_exclusive(queue);
    f.schedule(queue);
    f.finish_wait(queue);
  };
  const behind: Body = (f) => {
    f.milestone('queued behind');
    f.prepare_to_wait_exclusive(queue);
    f.schedule(queue);
    f.finish_wait(queue);
  };
  const inTurn = (wake: Body) =>
    run(
      [
        exclusive,
        (f) => {
          f.milestone('wakes');
          wake(f);
        },
        behind,
      ],
      {
        order: [
          ['queued', 'queued behind'],
          ['queued behind', 'wakes'],
        ],
      },
    ).failures;

  it('queues for one wake-up each, first come first', () => {
    expect(
      inTurn((f) => {
        f.wake_up(queue);
      }),
    ).toEqual(['hung-task@third(queue)']);
    expect(
      inTurn((f) => {
        f.wake_up(queue);
        f.wake_up(queue);
      }),
    ).toEqual([]);
    expect(
      inTurn((f) => {
        f.wake_up_nr(queue, 1);
      }),
    ).toEqual(['hung-task@third(queue)']);
    expect(
      inTurn((f) => {
        f.wake_up_nr(queue, 2);
      }),
    ).toEqual([]);
    expect(
      inTurn((f) => {
        f.wake_up_nr(queue, 0);
      }),
    ).toEqual([]);
    expect(
      inTurn((f) => {
        f.wake_up_all(queue);
      }),
    ).toEqual([]);
  });

  it('keeps no place for who has finished or waits for every wake-up by now', () => {
    const leaves =
      (leave: Body): Body =>
      (f) => {
        f.prepare_to_wait_exclusive(queue);
        f.milestone('left');
        leave(f);
        f.schedule(queue);
        f.finish_wait(queue);
      };
    const found = (leave: Body) =>
      run(
        [
          leaves(leave),
          (f) => {
            f.milestone('wakes');
            f.wake_up(queue);
          },
          exclusive,
        ],
        {
          order: [
            ['left', 'wakes'],
            ['queued', 'wakes'],
          ],
        },
      ).failures;
    expect(
      found((f) => {
        f.finish_wait(queue);
      }),
    ).toEqual([]);
    expect(
      found((f) => {
        f.prepare_to_wait(queue);
      }),
    ).toEqual([]);
    expect(
      found((f) => {
        f.prepare_to_wait_exclusive(queue);
      }),
    ).toEqual(['hung-task@sleeper(queue)', 'hung-task@third(queue)']);
  });

  it('leaves who waits for every wake-up where it was: woken by each', () => {
    const shared: Body = (f) => {
      f.milestone('queued behind');
      f.prepare_to_wait(queue);
      f.schedule(queue);
      f.finish_wait(queue);
    };
    const wakesOne: Body = (f) => {
      f.milestone('wakes');
      f.wake_up(queue);
    };
    const order = [
      ['queued', 'wakes'],
      ['queued behind', 'wakes'],
    ] as const;
    expect(run([exclusive, wakesOne, shared], { order })).toMatchObject({
      failures: [],
      complete: true,
    });
  });
});
