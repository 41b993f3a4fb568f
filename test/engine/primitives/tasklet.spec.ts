/** Tasklets: when they run, what disabling and killing wait for, and where that must not be. */
import {
  atomic,
  completion,
  fn,
  mutex,
  ptr,
  spinlock,
  statics,
  Struct,
  task,
  tasklet,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Device extends Struct {
  static override readonly tag = 'device';
  bottom = tasklet();
  other = tasklet();
}
const { device, total, done, spin, lock } = statics({
  device: ptr(() => Device),
  total: atomic(5),
  done: completion(4),
  spin: spinlock(),
  lock: mutex(),
});

type Body = (f: FunctionBuilder, owner: Ref<typeof Device>) => void;
const counts: Body = (f) => {
  f.atomic_inc(total);
};
const busy: Body = (f) => {
  f.atomic_inc(total);
  f.atomic_dec(total);
};
const schedule: Body = (f, { bottom }) => {
  f.tasklet_schedule(bottom);
};

const ran = (runs: Body, bodies: readonly Body[], scheduled = true) =>
  proveTiny({
    works: [
      [Device, 'bottom', fn('bottom', 'a.c', runs)],
      [Device, 'other', fn('other', 'a.c', counts)],
    ],
    given: (f) => {
      const object = f.kzalloc(Device);
      if (scheduled) f.tasklet_schedule(object.bottom);
      f.store(device, object);
    },
    tasks: bodies.map((body, i) => {
      const call = fn(`task_${i}`, 'a.c', (f) => {
        body(f, f.load(device));
      });
      return task(`task ${i}`, (f) => {
        f.call(call);
      });
    }),
  } satisfies TinyCase);
const clean = { failures: [], reports: [], complete: true };
const stays: Body = (f) => {
  f.stay();
};

it('runs once for each schedule, and at any time from it on', () => {
  const once: Body = (f) => {
    f.atomic_inc(total);
    f.check('once', total, '==', 1);
  };
  expect(ran(once, [stays])).toMatchObject(clean);
  const twice: Body = (f, object) => {
    schedule(f, object);
    schedule(f, object);
    f.check('not yet', total, '==', 0);
  };
  expect(ran(counts, [twice], false).failures).toEqual(['invariant@task_0(not yet)']);
  expect(ran(once, [stays, schedule]).failures).toEqual(['invariant@bottom(once)']);
});

it('scheduled while it runs, it runs once more, and never beside itself', () => {
  const alone: Body = (f, object) => {
    f.check('alone', total, '==', 0);
    f.atomic_inc(total);
    f.if(f.try_wait_for_completion(done), () => {
      schedule(f, object);
    });
    f.atomic_dec(total);
  };
  const again: Body = (f, object) => {
    f.complete(done);
    schedule(f, object);
  };
  expect(ran(alone, [again])).toMatchObject(clean);
});

it('that schedules itself for ever is no failure', () => {
  expect(ran(schedule, [stays]).failures).toEqual([]);
});

it('must not sleep', () => {
  const sleeps: Body = (f) => {
    f.mutex_lock(lock);
  };
  expect(ran(sleeps, [stays]).failures).toEqual(['sleep-in-atomic@bottom((tasklet)bottom)']);
});

it('is waited for by tasklet_kill, and does not run after it', () => {
  const kills: Body = (f, object) => {
    f.tasklet_kill(object.bottom);
    f.check('it does not run', total, '==', 0);
    f.kfree(object);
  };
  expect(ran(busy, [kills])).toMatchObject(clean);
  const drops: Body = (f, object) => {
    f.kfree(object);
  };
  expect(ran(counts, [drops]).failures).toEqual(['use-after-free@bottom(device freed by task_0)']);
});

it('is not scheduled while a kill waits, by its own function either, and may be after it', () => {
  const again: Body = (f, object) => {
    f.atomic_inc(total);
    schedule(f, object);
    f.atomic_dec(total);
  };
  const kills: Body = (f, object) => {
    f.tasklet_kill(object.bottom);
    f.check('it does not run', total, '==', 0);
    f.kfree(object);
  };
  expect(ran(again, [kills])).toMatchObject(clean);
  const later: Body = (f, object) => {
    f.tasklet_kill(object.bottom);
    f.atomic_set(total, 0);
    schedule(f, object);
    f.check('it runs again', total, '==', 0);
  };
  expect(ran(counts, [later]).failures).toEqual(['invariant@task_0(it runs again)']);
});

it('disabled stays scheduled, and runs when it is enabled', () => {
  const body: Body = (f, object) => {
    f.tasklet_disable(object.bottom);
    f.atomic_set(total, 0);
    schedule(f, object);
    f.check('it is disabled', total, '==', 0);
    f.tasklet_enable(object.bottom);
    f.check('it runs again', total, '==', 0);
  };
  expect(ran(counts, [body]).failures).toEqual(['invariant@task_0(it runs again)']);
});

it.each([
  ['tasklet_disable', true],
  ['tasklet_disable_in_atomic', true],
  ['tasklet_disable_nosync', false],
] as const)('%s waits for a function that runs: %s', (call, waits) => {
  const body: Body = (f, object) => {
    f[call](object.bottom);
    f.check('it does not run', total, '==', 0);
  };
  expect(ran(busy, [body]).failures).toEqual(waits ? [] : ['invariant@task_0(it does not run)']);
});

it('killed while scheduled and disabled waits for ever', () => {
  const body: Body = (f, object) => {
    f.tasklet_disable(object.bottom);
    schedule(f, object);
    f.tasklet_kill(object.bottom);
  };
  expect(ran(counts, [body]).failures).toEqual(['hung-task@task_0(device.bottom)']);
});

it('enabled once too often does not run', () => {
  const body: Body = (f, object) => {
    f.tasklet_enable(object.bottom);
    schedule(f, object);
    f.stay();
  };
  const never: Body = (f) => {
    f.check('it runs', total, '==', 1);
  };
  expect(ran(never, [body], false)).toMatchObject(clean);
});

it('must not be killed or disabled with sleeping in atomic context', () => {
  for (const call of ['tasklet_kill', 'tasklet_disable'] as const) {
    const body: Body = (f, object) => {
      f.spin_lock(spin);
      f[call](object.bottom);
    };
    expect(ran(counts, [body])).toMatchObject({
      failures: ['sleep-in-atomic@task_0(spin)'],
      reports: [],
    });
  }
  const off: Body = (f, object) => {
    f.local_bh_disable();
    f.tasklet_kill(object.bottom);
  };
  expect(ran(counts, [off])).toMatchObject({
    failures: ['sleep-in-atomic@task_0(bottom halves off)'],
    reports: ['warning@task_0(Attempt to kill tasklet from interrupt)'],
  });
  const self: Body = (f, object) => {
    f.tasklet_kill(object.bottom);
  };
  expect(ran(self, [stays])).toMatchObject({
    failures: ['sleep-in-atomic@bottom((tasklet)bottom)'],
    reports: ['warning@bottom(Attempt to kill tasklet from interrupt)'],
  });
});

it('that waits for itself, or for a lock of who waits for it, is a deadlock', () => {
  const self: Body = (f, object) => {
    f.tasklet_disable_in_atomic(object.bottom);
  };
  expect(ran(self, [stays]).failures).toEqual(['deadlock@bottom((tasklet)bottom)']);
  const spins: Body = (f) => {
    f.spin_lock(spin);
    f.spin_unlock(spin);
  };
  const holds: Body = (f, object) => {
    f.spin_lock(spin);
    f.tasklet_disable_in_atomic(object.bottom);
    f.spin_unlock(spin);
  };
  expect(ran(spins, [holds]).failures).toEqual(['deadlock@bottom(spin)+task_0((tasklet)bottom)']);
});

it('two kills both end, one after the other', () => {
  const kills: Body = (f, object) => {
    f.tasklet_kill(object.bottom);
    f.check('it does not run', total, '==', 0);
  };
  expect(ran(busy, [kills, kills])).toMatchObject(clean);
});
