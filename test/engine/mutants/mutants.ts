/**
 * One program per detector that only it catches, beside a mended twin that is clean: a few lines apart. A deadlock of locks
 * is a cycle of lock order too, so the mutant of deadlocks is in rcu-mutants.ts.
 */
import {
  completion,
  flag,
  fn,
  KernelModule,
  mutex,
  ptr,
  refcount,
  statics,
  Struct,
  SysfsDirectory,
  task,
  waitqueue,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import type { Kind } from '@lastref/kernel';
import type { TinyCase } from '../support/tiny.js';

export interface Mutant {
  readonly kind: Kind;
  readonly title: string;
  readonly mutant: TinyCase;
  readonly mended: TinyCase;
}

class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 2;
  lock = mutex();
  refs = refcount(3);
  used = flag();
}
class Frame extends Struct {
  static override readonly tag = 'frame';
  done = completion();
}
const { shared, a, b, ready, queue, waiter } = statics({
  shared: ptr(() => Thing),
  a: mutex(),
  b: mutex(),
  ready: flag(),
  queue: waitqueue(),
  waiter: ptr(() => Frame),
});
const driver = new KernelModule('driver', 3, ['driver.c']);
const directory = new SysfsDirectory('class', 2);

type Body = (f: FunctionBuilder) => void;

/** Each body becomes a function of its own, so that signatures have something to name. */
const run = (...bodies: Body[]): TaskSpec[] =>
  bodies.map((body, i) => {
    const call = fn(`task_${i}`, 'a.c', body);
    return task(`task ${i}`, (f) => {
      f.call(call);
    });
  });
const make = fn('make', 'a.c', (f) => {
  const thing = f.kzalloc(Thing);
  f.refcount_set(thing.refs, 1);
  f.store(shared, thing);
});
const given: Body = (f) => {
  f.call(make);
};
const nothing = (): undefined => undefined;

const use: Body = (f) => {
  f.mutex_lock(a);
  const thing = f.load(shared);
  f.if(thing, () => {
    f.set_bit(thing.used);
  });
  f.mutex_unlock(a);
};
const free =
  (locked: boolean): Body =>
  (f) => {
    if (locked) f.mutex_lock(a);
    const thing = f.load(shared);
    f.store(shared, null);
    f.kfree(thing);
    if (locked) f.mutex_unlock(a);
  };
const free_once =
  (checked: boolean): Body =>
  (f) => {
    f.mutex_lock(a);
    const thing = f.load(shared);
    f.mutex_unlock(a);
    if (checked)
      f.unless(f.test_and_set_bit(ready), () => {
        f.kfree(thing);
      });
    else f.kfree(thing);
  };
const look =
  (checked: boolean): Body =>
  (f) => {
    const thing = f.load(shared);
    if (checked)
      f.if(thing, () => {
        f.set_bit(thing.used);
      });
    else f.set_bit(thing.used);
  };
const free_locked =
  (unlock: boolean): Body =>
  (f) => {
    const thing = f.load(shared);
    f.mutex_lock(thing.lock);
    if (unlock) f.mutex_unlock(thing.lock);
    f.store(shared, null);
    f.kfree(thing);
  };
const both =
  (first: typeof a, second: typeof a): Body =>
  (f) => {
    f.mutex_lock(first);
    f.mutex_lock(second);
    f.mutex_unlock(second);
    f.mutex_unlock(first);
  };
const put =
  (times: number): Body =>
  (f) => {
    const thing = f.load(shared);
    for (let i = 0; i < times; i++) f.if(f.refcount_dec_and_test(thing.refs), nothing);
  };
const drop =
  (references: number): Body =>
  (f) => {
    const thing = f.load(shared);
    f.refcount_set(thing.refs, references);
    f.refcount_dec(thing.refs);
  };
const get_after_put =
  (checked: boolean): Body =>
  (f) => {
    const thing = f.load(shared);
    f.if(f.refcount_dec_and_test(thing.refs), nothing);
    if (checked) f.if(f.refcount_inc_not_zero(thing.refs), nothing);
    else f.refcount_inc(thing.refs);
  };
const wait = fn('wait', 'a.c', (f) => {
  const frame = f.on_stack(Frame);
  f.store(waiter, frame);
  f.wait_for_completion(frame.done);
});
const wake =
  (retries: boolean): Body =>
  (f) => {
    if (retries) f.while(() => f.is_null(f.load(waiter)), nothing);
    const frame = f.load(waiter);
    f.if(frame, () => {
      f.complete(frame.done);
    });
  };
const sleep =
  (prepared: boolean): Body =>
  (f) => {
    if (prepared) f.prepare_to_wait(queue);
    f.unless(f.test_bit(ready), () => {
      if (!prepared) f.prepare_to_wait(queue);
      f.schedule(queue);
    });
    f.finish_wait(queue);
  };
const wake_up: Body = (f) => {
  f.set_bit(ready);
  f.wake_up(queue);
};
const lock_or_leave =
  (looks: boolean): Body =>
  (f) => {
    const taken = f.mutex_lock_killable(a);
    if (looks)
      f.unless(taken, () => {
        f.return();
      });
    else f.ignore(taken);
    f.mutex_unlock(a);
  };
const spin = (f: FunctionBuilder): void => {
  f.while(() => f.not(f.test_bit(ready)), nothing);
};
const in_driver = fn('driver_work', 'driver.c', (f) => {
  f.set_bit(ready);
});
const enter =
  (counted: boolean): Body =>
  (f) => {
    if (!counted) f.call(in_driver);
    else
      f.if(f.try_module_get(driver), () => {
        f.call(in_driver);
        f.module_put(driver);
      });
  };
const rmmod: Body = (f) => {
  f.if(f.module_begin_exit(driver), () => {
    f.module_free(driver);
  });
};

const nested =
  (second: boolean): Body =>
  (f) => {
    const one = f.kzalloc(Thing);
    const two = f.kzalloc(Thing);
    f.mutex_lock(one.lock);
    if (second) f.mutex_lock(two.lock);
    if (second) f.mutex_unlock(two.lock);
    f.mutex_unlock(one.lock);
    f.kfree(one);
    f.kfree(two);
  };

export const MUTANTS: readonly Mutant[] = [
  {
    kind: 'use-after-free',
    title: 'freed without the lock that users take',
    mutant: { given, tasks: run(use, free(false)) },
    mended: { given, tasks: run(use, free(true)) },
  },
  {
    kind: 'double-free',
    title: 'two owners free',
    mutant: { given, tasks: run(free_once(false), free_once(false)) },
    mended: { given, tasks: run(free_once(true), free_once(true)) },
  },
  {
    kind: 'null-deref',
    title: 'pointer not tested',
    mutant: { tasks: run(look(false)) },
    mended: { tasks: run(look(true)) },
  },
  {
    kind: 'held-lock-freed',
    title: 'freed with its own lock held',
    mutant: { given, tasks: run(free_locked(false)) },
    mended: { given, tasks: run(free_locked(true)) },
  },
  {
    kind: 'module-text-fault',
    title: 'no module reference while inside',
    mutant: { modules: [driver], tasks: run(enter(false), rmmod) },
    mended: { modules: [driver], tasks: run(enter(true), rmmod) },
  },
  {
    kind: 'refcount-underflow',
    title: 'one put too many',
    mutant: { given, tasks: run(put(2)) },
    mended: { given, tasks: run(put(1)) },
  },
  {
    kind: 'refcount-inc-from-zero',
    title: 'get after the last put',
    mutant: { given, tasks: run(get_after_put(false)) },
    mended: { given, tasks: run(get_after_put(true)) },
  },
  {
    kind: 'refcount-saturated',
    title: 'refcount_dec of what is the last reference',
    mutant: { given, tasks: run(drop(1)) },
    mended: { given, tasks: run(drop(2)) },
  },
  {
    kind: 'duplicate-name',
    title: 'a name is created again before it is removed',
    mutant: {
      tasks: run((f) => {
        f.sysfs_create(directory, 0);
        f.sysfs_create(directory, 0);
      }),
    },
    mended: {
      tasks: run((f) => {
        f.sysfs_create(directory, 0);
        f.sysfs_create(directory, 1);
      }),
    },
  },
  {
    kind: 'bad-removal',
    title: 'a name is removed that is not there',
    mutant: {
      tasks: run((f) => {
        f.sysfs_remove(directory, 0);
      }),
    },
    mended: {
      tasks: run((f) => {
        f.sysfs_create(directory, 0);
        f.sysfs_remove(directory, 0);
      }),
    },
  },
  {
    kind: 'bad-unlock',
    title: 'unlocked by a task that does not own it',
    mutant: {
      tasks: run((f) => {
        f.mutex_unlock(a);
      }),
    },
    mended: {
      tasks: run((f) => {
        f.mutex_lock(a);
        f.mutex_unlock(a);
      }),
    },
  },
  {
    kind: 'lock-order',
    title: 'AB, and BA only later',
    mutant: {
      tasks: run((f) => {
        both(a, b)(f);
        both(b, a)(f);
      }),
    },
    mended: {
      tasks: run((f) => {
        both(a, b)(f);
        both(a, b)(f);
      }),
    },
  },
  {
    kind: 'recursive-lock',
    title: 'two locks of one class, one inside the other',
    mutant: { tasks: run(nested(true)) },
    mended: { tasks: run(nested(false)) },
  },
  {
    kind: 'hung-task',
    title: 'a waiter that nobody wakes',
    mutant: {
      tasks: [
        task('waits', (f) => {
          f.call(wait);
        }),
        ...run(wake(false)),
      ],
    },
    mended: {
      tasks: [
        task('waits', (f) => {
          f.call(wait);
        }),
        ...run(wake(true)),
      ],
    },
  },
  {
    kind: 'hung-task',
    title: 'a wake-up between the test and the sleep',
    mutant: { tasks: run(sleep(false), wake_up) },
    mended: { tasks: run(sleep(true), wake_up) },
  },
  {
    kind: 'bad-unlock',
    title: 'unlocked where a signal came before the lock',
    mutant: {
      tasks: run(lock_or_leave(false), lock_or_leave(false)),
      signals: { 'task 0': 'kill' },
    },
    mended: { tasks: run(lock_or_leave(true), lock_or_leave(true)), signals: { 'task 0': 'kill' } },
  },
  {
    kind: 'livelock',
    title: 'a loop whose condition nobody changes',
    mutant: { tasks: run(spin) },
    mended: {
      tasks: run(spin, (f) => {
        f.set_bit(ready);
      }),
    },
  },
  {
    kind: 'leak',
    title: 'the last pointer is overwritten',
    mutant: {
      given,
      tasks: run((f) => {
        f.store(shared, null);
      }),
    },
    mended: { given, tasks: run(free(false)) },
  },
];
