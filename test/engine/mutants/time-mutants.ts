/** Mutants of detectors where time is involved: a timer that fires on a dead object, or in a function that sleeps, or waits for itself. */
import {
  completion,
  delayed_work,
  fn,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  timer,
  Workqueue,
} from '@lastref/authoring';
import type { FunctionBuilder } from '@lastref/authoring';
import type { TinyCase } from '../support/tiny.js';
import type { Mutant } from './mutants.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Device extends Struct {
  static override readonly tag = 'device';
  watchdog = timer();
  poll = delayed_work();
}
class Command extends Struct {
  static override readonly tag = 'command';
  done = completion();
}
const { device, wq, lock, pending } = statics({
  device: ptr(() => Device),
  wq: ptr(() => Wq),
  lock: mutex(),
  pending: ptr(() => Command),
});
type Body = (f: FunctionBuilder) => void;

const NOTHING: Body = () => undefined;
const on = (remove: Body, expired: Body, poll: Body = NOTHING): TinyCase => {
  const called = fn('remove', 'a.c', remove);
  return {
    works: [
      [Device, 'watchdog', fn('expired', 'a.c', expired)],
      [Device, 'poll', fn('poll', 'a.c', poll)],
    ],
    given: (f) => {
      f.store(wq, f.alloc_workqueue(Wq));
      const object = f.kzalloc(Device);
      f.timer_setup(object.watchdog);
      f.mod_timer(object.watchdog);
      f.queue_delayed_work(f.load(wq), object.poll);
      f.store(device, object);
    },
    tasks: [
      task('remove', (f) => {
        f.call(called);
      }),
    ],
  };
};
const takesMutex: Body = (f) => {
  f.mutex_lock(lock);
  f.mutex_unlock(lock);
};
const stay: Body = (f) => {
  f.stay();
};
const frees =
  (timerToo: boolean, workToo: boolean): Body =>
  (f) => {
    const object = f.load(device);
    if (timerToo) f.del_timer_sync(object.watchdog);
    if (workToo) f.cancel_delayed_work_sync(object.poll);
    f.store(device, null);
    f.kfree(object);
  };

/** A reply that comes after its caller gave up; mended, the caller takes back what it offered. */
const command = (takesBack: boolean): TinyCase => {
  const execute = fn('execute', 'a.c', (f) => {
    const own = f.kzalloc(Command);
    f.store(pending, own);
    f.ignore(f.wait_for_completion_timeout(own.done));
    f.mutex_lock(lock);
    if (takesBack) f.store(pending, null);
    f.mutex_unlock(lock);
    f.kfree(own);
  });
  const reply = fn('reply', 'a.c', (f) => {
    f.mutex_lock(lock);
    const found = f.load(pending);
    f.if(found, () => {
      f.complete(found.done);
    });
    f.mutex_unlock(lock);
  });
  return {
    tasks: [
      task('execute', (f) => {
        f.call(execute);
      }),
      task('reply', (f) => {
        f.call(reply);
      }),
    ],
    timeouts: 'any',
  };
};

export const TIME_MUTANTS: readonly Mutant[] = [
  {
    kind: 'use-after-free',
    title: 'a timer fires on a dead object',
    mutant: on(frees(false, true), NOTHING),
    mended: on(frees(true, true), NOTHING),
  },
  {
    kind: 'use-after-free',
    title: 'the reply comes after the timeout',
    mutant: command(false),
    mended: command(true),
  },
  {
    kind: 'sleep-in-atomic',
    title: "a timer's function takes a mutex",
    mutant: on(stay, takesMutex),
    mended: on(stay, NOTHING, takesMutex),
  },
  {
    kind: 'deadlock',
    title: "a timer's function deletes its timer and waits",
    mutant: on(stay, (f) => {
      f.del_timer_sync(f.load(device).watchdog);
    }),
    mended: on(stay, (f) => {
      f.del_timer(f.load(device).watchdog);
    }),
  },
  {
    kind: 'deadlock',
    title: 'work cancels itself and waits',
    mutant: on(stay, NOTHING, (f) => {
      f.cancel_delayed_work_sync(f.load(device).poll);
    }),
    mended: on(stay, NOTHING, (f) => {
      f.cancel_delayed_work(f.load(device).poll);
    }),
  },
];
