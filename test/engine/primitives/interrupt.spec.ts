/** Contexts: who must not sleep, and interrupts that come on the CPU of another task. */
import {
  flag,
  fn,
  mutex,
  spinlock,
  statics,
  task,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

const { lock, other, sleeping, half } = statics({
  lock: spinlock(),
  other: spinlock(),
  sleeping: mutex(),
  half: flag(),
});

type Body = (f: FunctionBuilder) => void;
const named = (
  name: string,
  body: Body,
  options: Pick<TaskSpec, 'context' | 'on'> = {},
): TaskSpec => {
  const called = fn(name, 'a.c', body);
  return task(
    name,
    (f) => {
      f.call(called);
    },
    options,
  );
};
const run = (...tasks: readonly TaskSpec[]) => proveTiny({ tasks });

const plain: Body = (f) => {
  f.spin_lock(lock);
  f.spin_unlock(lock);
};
const GUARDED: Readonly<Record<string, (f: FunctionBuilder, inside: () => void) => void>> = {
  spin_lock_irqsave: (f, inside) => {
    const flags = f.spin_lock_irqsave(lock);
    inside();
    f.spin_unlock_irqrestore(lock, flags);
  },
  spin_lock_irq: (f, inside) => {
    f.spin_lock_irq(lock);
    inside();
    f.spin_unlock_irq(lock);
  },
  spin_lock_bh: (f, inside) => {
    f.spin_lock_bh(lock);
    inside();
    f.spin_unlock_bh(lock);
  },
  local_irq_save: (f, inside) => {
    const flags = f.local_irq_save();
    f.spin_lock(lock);
    inside();
    f.spin_unlock(lock);
    f.local_irq_restore(flags);
  },
  local_bh_disable: (f, inside) => {
    f.local_bh_disable();
    f.spin_lock(lock);
    inside();
    f.spin_unlock(lock);
    f.local_bh_enable();
  },
};
const guarded =
  (how: string): Body =>
  (f) => {
    GUARDED[how]?.(f, () => {
      f.set_bit(half);
      f.clear_bit(half);
    });
  };
const on = (context: 'softirq' | 'hardirq'): TaskSpec =>
  named('handler', plain, { context, on: 'thread' });

describe.each(['softirq', 'hardirq'] as const)('a %s', (context) => {
  it('that spins on a lock of what it interrupted is a deadlock by itself', () => {
    expect(run(named('thread', plain), on(context)).failures).toEqual(['deadlock@handler(lock)']);
  });

  it('on a CPU of its own only waits for the lock', () => {
    const elsewhere = named('handler', plain, { context });
    expect(run(named('thread', plain), elsewhere)).toMatchObject({ failures: [], reports: [] });
  });

  it('must not sleep', () => {
    const sleeps: Body = (f) => {
      f.mutex_lock(sleeping);
    };
    expect(run(named('handler', sleeps, { context })).failures).toEqual([
      `sleep-in-atomic@handler(${context})`,
    ]);
  });

  it('keeps what it interrupts from going on until it is over', () => {
    const looks: Body = (f) => {
      f.set_bit(half);
      f.clear_bit(half);
    };
    const thread: Body = (f) => {
      f.check('the handler has ended', half, '==', 0);
    };
    const result = run(named('thread', thread), named('handler', looks, { context, on: 'thread' }));
    expect(result).toMatchObject({ failures: [], complete: true });
  });

  it('is let in again by whoever leaves early', () => {
    const early: Body = (f) => {
      f.if(f.test_bit(half), () => {
        f.return();
      });
    };
    const interrupts = named('handler', early, { context, on: 'thread' });
    expect(run(named('thread', plain), interrupts)).toMatchObject({ failures: [] });
  });
});

describe.each(Object.keys(GUARDED))('%s', (how) => {
  it('keeps softirqs off', () => {
    expect(run(named('thread', guarded(how)), on('softirq'))).toMatchObject({
      failures: [],
      reports: [],
    });
  });

  const keepsHardirqs = !how.includes('bh');
  it(`${keepsHardirqs ? 'keeps' : 'does not keep'} hardirqs off`, () => {
    expect(run(named('thread', guarded(how)), on('hardirq')).failures).toEqual(
      keepsHardirqs ? [] : ['deadlock@handler(lock)'],
    );
  });

  it('must not be slept in, and is over behind its end', () => {
    const inside: Body = (f) => {
      f.call(fn('guards', 'a.c', guarded(how)));
      f.mutex_lock(sleeping);
      f.mutex_unlock(sleeping);
      GUARDED[how]?.(f, () => {
        f.mutex_lock(sleeping);
      });
    };
    expect(run(named('thread', inside)).failures).toEqual(['sleep-in-atomic@thread(lock)']);
  });
});

it('spin_unlock_irq lets interrupts in although the caller had turned them off', () => {
  const nested: Body = (f) => {
    const flags = f.spin_lock_irqsave(lock);
    f.spin_lock_irq(other);
    f.spin_unlock_irq(other);
    f.spin_unlock_irqrestore(lock, flags);
  };
  expect(run(named('thread', nested), on('hardirq')).failures).toEqual(['deadlock@handler(lock)']);
  const saved: Body = (f) => {
    const flags = f.spin_lock_irqsave(lock);
    const inner = f.spin_lock_irqsave(other);
    f.spin_unlock_irqrestore(other, inner);
    f.spin_unlock_irqrestore(lock, flags);
  };
  expect(run(named('thread', saved), on('hardirq')).failures).toEqual([]);
});

it.each([
  ['preempt_disable', 'preemption off'],
  ['local_irq_disable', 'interrupts off'],
  ['local_bh_disable', 'bottom halves off'],
] as const)('%s forbids to sleep', (disable, why) => {
  const sleeps: Body = (f) => {
    f[disable]();
    f.mutex_lock(sleeping);
  };
  expect(run(named('thread', sleeps)).failures).toEqual([`sleep-in-atomic@thread(${why})`]);
});

it('a hardirq interrupts a softirq of the same CPU, and not the other way round', () => {
  const locks: Body = (f) => {
    f.spin_lock(other);
    f.spin_unlock(other);
  };
  const found = run(
    named('thread', (f) => {
      f.clear_bit(half);
    }),
    named('softirq', locks, { context: 'softirq', on: 'thread' }),
    named('hardirq', locks, { context: 'hardirq', on: 'thread' }),
  );
  expect(found.failures).toEqual(['deadlock@hardirq(other)']);
});

it('a deadlock goes through the task that is interrupted', () => {
  const thread: Body = (f) => {
    f.spin_lock(lock);
    f.spin_unlock(lock);
  };
  const elsewhere: Body = (f) => {
    f.spin_lock(other);
    f.spin_lock(lock);
    f.spin_unlock(lock);
    f.spin_unlock(other);
  };
  const handler: Body = (f) => {
    f.spin_lock(other);
    f.spin_unlock(other);
  };
  const found = run(
    named('thread', thread),
    named('elsewhere', elsewhere),
    named('handler', handler, { context: 'hardirq', on: 'thread' }),
  );
  expect(found.failures).toEqual(['deadlock@elsewhere(lock)+handler(other)']);
});
