/** Timers of both kinds: when they fire, what cancelling waits for and takes back, and what their functions may not do. */
import {
  atomic,
  completion,
  fn,
  hrtimer,
  mutex,
  ptr,
  signed,
  spinlock,
  statics,
  Struct,
  task,
  timer,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Clock extends Struct {
  static override readonly tag = 'clock';
  static override readonly count = 2;
  tick = timer();
  precise = hrtimer();
}
const { clock, total, was, done, spin, lock } = statics({
  clock: ptr(() => Clock),
  total: atomic(5),
  was: signed(-1, 1),
  done: completion(2),
  spin: spinlock(),
  lock: mutex(),
});

type Callback = (f: FunctionBuilder, owner: Ref<typeof Clock>) => void;
type Body = (f: FunctionBuilder) => void;
const counts: Callback = (f) => {
  f.atomic_inc(total);
};

interface Kind {
  readonly name: 'timer' | 'hrtimer';
  readonly field: 'tick' | 'precise';
  readonly setup: (f: FunctionBuilder, object: Ref<typeof Clock>) => void;
  readonly arm: (f: FunctionBuilder, object: Ref<typeof Clock>) => void;
  readonly cancel: (f: FunctionBuilder, object: Ref<typeof Clock>) => void;
}
const TIMER: Kind = {
  name: 'timer',
  field: 'tick',
  setup: (f, { tick }) => {
    f.timer_setup(tick);
  },
  arm: (f, { tick }) => {
    f.mod_timer(tick);
  },
  cancel: (f, { tick }) => {
    f.store(was, f.del_timer_sync(tick));
  },
};
const HRTIMER: Kind = {
  name: 'hrtimer',
  field: 'precise',
  setup: (f, { precise }) => {
    f.hrtimer_setup(precise);
  },
  arm: (f, { precise }) => {
    f.hrtimer_start(precise);
  },
  cancel: (f, { precise }) => {
    f.store(was, f.hrtimer_cancel(precise));
  },
};

interface Options {
  readonly timeouts?: 'any';
  readonly setUp?: boolean;
  readonly armed?: boolean;
}
const ran = (
  { field, setup, arm }: Kind,
  callback: Callback,
  bodies: readonly Body[],
  { timeouts, setUp = true, armed = false }: Options = {},
) =>
  proveTiny({
    works: [[Clock, field, fn('tick', 'a.c', callback)]],
    given: (f) => {
      const object = f.kzalloc(Clock);
      if (setUp) setup(f, object);
      if (armed) arm(f, object);
      f.store(clock, object);
    },
    tasks: bodies.map((body, i) => {
      const call = fn(`task_${i}`, 'a.c', body);
      return task(`task ${i}`, (f) => {
        f.call(call);
      });
    }),
    ...(timeouts === undefined ? {} : { timeouts }),
  } satisfies TinyCase);
const clean = { failures: [], reports: [], complete: true };
const stays: Body = (f) => {
  f.stay();
};

describe.each([TIMER, HRTIMER])('$name', (kind) => {
  const armNow: Body = (f) => {
    kind.arm(f, f.load(clock));
  };
  const cancelNow: Body = (f) => {
    kind.cancel(f, f.load(clock));
  };

  it('fires once when nothing else can run, and not before', () => {
    const body: Body = (f) => {
      armNow(f);
      f.check('not yet', total, '==', 0);
      f.wait_for_completion(done);
      f.check('once', total, '==', 1);
    };
    const fires: Callback = (f) => {
      f.atomic_inc(total);
      f.complete(done);
    };
    expect(ran(kind, fires, [body])).toMatchObject(clean);
  });

  it('fires at any time where the case says so', () => {
    const body: Body = (f) => {
      armNow(f);
      f.check('not yet', total, '==', 0);
    };
    expect(ran(kind, counts, [body]).failures).toEqual([]);
    expect(ran(kind, counts, [body], { timeouts: 'any' }).failures).toEqual([
      'invariant@task_0(not yet)',
    ]);
  });

  it('does not fire when it was cancelled before, and says that it was armed', () => {
    const body: Body = (f) => {
      armNow(f);
      cancelNow(f);
      f.check('it was armed', was, '==', 1);
      cancelNow(f);
      f.check('it is not any more', was, '==', 0);
    };
    const never: Callback = (f) => {
      f.check('it does not run', total, '==', 5);
    };
    expect(ran(kind, never, [body])).toMatchObject(clean);
  });

  it('is waited for while its function runs, and cancelled if that has armed it again', () => {
    const again: Callback = (f, object) => {
      f.atomic_inc(total);
      kind.arm(f, object);
      f.complete(done);
    };
    const body: Body = (f) => {
      f.wait_for_completion(done);
      cancelNow(f);
      f.check('it was armed by its function', was, '==', 1);
      f.check('it ran once', total, '==', 1);
      f.kfree(f.load(clock));
    };
    expect(ran(kind, again, [body], { armed: true })).toMatchObject(clean);
  });

  it('cancelled by its own function, or with a lock that this spins on, is a deadlock', () => {
    const self: Callback = (f, object) => {
      kind.cancel(f, object);
    };
    expect(ran(kind, self, [stays], { armed: true }).failures).toEqual([
      `deadlock@tick((${kind.name})tick)`,
    ]);
    const spins: Callback = (f) => {
      f.spin_lock(spin);
      f.spin_unlock(spin);
    };
    const holds: Body = (f) => {
      f.spin_lock(spin);
      cancelNow(f);
      f.spin_unlock(spin);
    };
    const { failures } = ran(kind, spins, [holds], { armed: true, timeouts: 'any' });
    expect(failures).toEqual([`deadlock@task_0((${kind.name})tick)+tick(spin)`]);
    const without: Body = (f) => {
      cancelNow(f);
    };
    expect(ran(kind, spins, [without], { armed: true, timeouts: 'any' })).toMatchObject(clean);
  });

  it('runs its function where nothing may sleep', () => {
    const sleeps: Callback = (f) => {
      f.mutex_lock(lock);
    };
    expect(ran(kind, sleeps, [stays], { armed: true }).failures).toEqual([
      `sleep-in-atomic@tick((${kind.name})tick)`,
    ]);
  });

  it('that fires on a dead object is a use-after-free, and freeing it armed a warning', () => {
    const frees: Body = (f) => {
      f.kfree(f.load(clock));
    };
    const { failures, reports } = ran(kind, counts, [frees], { armed: true });
    expect(failures).toEqual(['use-after-free@tick(clock freed by task_0)']);
    expect(reports).toEqual([`warning@task_0(clock.${kind.field} is active)`]);
    const careful: Body = (f) => {
      cancelNow(f);
      frees(f);
    };
    expect(ran(kind, counts, [careful], { armed: true })).toMatchObject(clean);
  });

  it('keeps its object reachable while it is armed', () => {
    const forgets: Body = (f) => {
      f.store(clock, null);
    };
    const { failures } = ran(kind, counts, [forgets], { armed: true });
    // Only when it has fired.
    expect(failures).toEqual(['leak@given(clock)']);
    const frees: Callback = (f, object) => {
      f.kfree(object);
    };
    expect(ran(kind, frees, [forgets], { armed: true })).toMatchObject(clean);
  });

  it('that arms itself for ever fails nothing, beside nothing that waits', () => {
    const again: Callback = (f, object) => {
      kind.arm(f, object);
    };
    expect(ran(kind, again, [stays], { armed: true }).failures).toEqual([]);
  });
});

it('one that was not set up: mod_timer does nothing, hrtimer_start warns', () => {
  const arms =
    (kind: Kind): Body =>
    (f) => {
      kind.arm(f, f.load(clock));
    };
  expect(ran(TIMER, counts, [arms(TIMER)], { setUp: false })).toMatchObject(clean);
  expect(ran(HRTIMER, counts, [arms(HRTIMER)], { setUp: false })).toMatchObject({
    failures: [],
    reports: ['warning@task_0(timer has no function)'],
  });
});

it('timer_pending says whether it is armed, and setting an armed one up again is a warning', () => {
  const body: Body = (f) => {
    const { tick } = f.load(clock);
    f.if(f.timer_pending(tick), () => {
      f.check('it is not armed yet', total, '==', 5);
    });
    f.mod_timer(tick);
    f.unless(f.timer_pending(tick), () => {
      f.check('it is armed', total, '==', 5);
    });
    f.timer_setup(tick);
  };
  expect(ran(TIMER, counts, [body])).toMatchObject({
    failures: [],
    reports: ['warning@task_0(timer is active)'],
  });
});

it('del_timer does not wait for the function', () => {
  const waits: Callback = (f) => {
    f.atomic_inc(total);
    f.spin_lock(spin);
    f.spin_unlock(spin);
  };
  const body: Body = (f) => {
    f.spin_lock(spin);
    f.del_timer(f.load(clock).tick);
    f.spin_unlock(spin);
  };
  expect(ran(TIMER, waits, [body], { armed: true, timeouts: 'any' })).toMatchObject(clean);
});

it('hrtimer_try_to_cancel gives -1 while the function runs', () => {
  const waits: Callback = (f) => {
    f.atomic_inc(total);
    f.spin_lock(spin);
    f.spin_unlock(spin);
  };
  const body: Body = (f) => {
    f.store(was, f.hrtimer_try_to_cancel(f.load(clock).precise));
    f.check('it does not run', was, '==', 1);
  };
  const { failures } = ran(HRTIMER, waits, [body], { armed: true, timeouts: 'any' });
  expect(failures).toEqual(['invariant@task_0(it does not run)']);
  expect(ran(HRTIMER, waits, [body], { armed: true })).toMatchObject(clean);
});

describe.each(['timer_shutdown', 'timer_shutdown_sync'] as const)('%s', (call) => {
  it('leaves a timer that nothing arms again', () => {
    const body: Body = (f) => {
      const { tick } = f.load(clock);
      f.store(was, f[call](tick));
      f.check('it was armed', was, '==', 1);
      f.store(was, f.mod_timer(tick));
      f.check('it is not armed', was, '==', 0);
      f.wait_for_completion(done);
    };
    expect(ran(TIMER, counts, [body], { armed: true }).failures).toEqual([
      'hung-task@task_0(done)',
    ]);
  });
});

it('only timer_shutdown_sync is safe before the object is freed, where the function arms the timer', () => {
  const again: Callback = (f, object) => {
    f.mod_timer(object.tick);
  };
  const frees =
    (call: 'timer_shutdown' | 'timer_shutdown_sync' | 'del_timer_sync'): Body =>
    (f) => {
      const object = f.load(clock);
      f[call](object.tick);
      f.kfree(object);
    };
  const any = { armed: true, timeouts: 'any' } as const;
  expect(ran(TIMER, again, [frees('timer_shutdown_sync')], any)).toMatchObject(clean);
  expect(ran(TIMER, again, [frees('del_timer_sync')], any)).toMatchObject(clean);
  expect(ran(TIMER, again, [frees('timer_shutdown')], any).failures).toEqual([
    'use-after-free@tick(clock freed by task_0)',
  ]);
  const armsLate: Body = (f) => {
    f.mod_timer(f.load(clock).tick);
  };
  const keeps =
    (call: 'timer_shutdown_sync' | 'del_timer_sync'): Body =>
    (f) => {
      f[call](f.load(clock).tick);
      f.check('it does not run after that', total, '==', 0);
      f.wait_for_completion(done);
    };
  const fires: Callback = (f) => {
    f.complete(done);
  };
  expect(ran(TIMER, fires, [keeps('del_timer_sync'), armsLate]).failures).toEqual([
    'hung-task@task_0(done)',
  ]);
});
