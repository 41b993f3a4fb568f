/**
 * Programs with a failure that a reduction finds only if it knows one particular way in which steps depend: each is here
 * because a reduction without that rule loses the failure, and random programs did not notice.
 */
import {
  flag,
  fn,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import type { TinyCase } from '../support/tiny.js';

class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 1;
  used = flag();
}
class Pair extends Struct {
  static override readonly tag = 'pair';
  static override readonly count = 2;
  lock = mutex();
}
const { a, b, x, y, own, thing, pair } = statics({
  a: mutex(),
  b: mutex(),
  x: flag(),
  y: flag(),
  own: flag(),
  thing: ptr(() => Thing),
  pair: ptr(() => Pair),
});

const run = (...bodies: ((f: FunctionBuilder) => void)[]): Pick<TinyCase, 'tasks'> => ({
  tasks: bodies.map((body, i): TaskSpec => {
    const called = fn(`task_${i}`, 'a.c', body);
    return task(`task ${i}`, (f) => {
      f.call(called);
    });
  }),
});

const nothing = (): undefined => undefined;

/** Fails only while a task is blocked by another that has not yet arrived where the two are deadlocked. */
const beforeTheDeadlock: TinyCase = run(
  (f) => {
    f.mutex_lock(a);
    f.set_bit(own);
    f.mutex_lock(b);
    f.mutex_unlock(a);
    f.mutex_unlock(b);
  },
  (f) => {
    f.mutex_lock(b);
    f.if(
      f.mutex_trylock(a),
      () => {
        f.mutex_unlock(a);
      },
      () => {
        f.set_bit(x);
        f.mutex_lock(a);
        f.mutex_unlock(a);
      },
    );
    f.mutex_unlock(b);
  },
  (f) => {
    f.if(f.test_bit(x), () => {
      f.if(
        f.mutex_trylock(a),
        () => {
          f.mutex_unlock(a);
        },
        () => {
          f.invariant('nobody is blocked', 0);
        },
      );
    });
  },
);

/** Fails only if the task that waits for the lock gets it before the first task steps. */
const wakesByItsHolder: TinyCase = run(
  (f) => {
    f.set_bit(x);
  },
  (f) => {
    f.mutex_lock(a);
    f.set_bit(y);
    f.mutex_unlock(a);
  },
  (f) => {
    f.mutex_lock(a);
    f.if(f.test_bit(y), () => {
      f.invariant('x is set', f.load(x));
    });
    f.mutex_unlock(a);
  },
);

/** Fails only if a task that `order` holds back is let go before the first task steps. */
const letGoByOrder: TinyCase = {
  ...run(
    (f) => {
      f.if(f.test_bit(x), () => {
        f.invariant('x is not set', 0);
      });
    },
    (f) => {
      f.milestone('late');
      f.set_bit(own);
      f.set_bit(x);
    },
    (f) => {
      f.milestone('early');
      f.set_bit(y);
    },
  ),
  order: [['early', 'late']],
};

/** Goes past its pool only while a task holds the last pointer to a dead object. */
const lastPointer: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const held = f.load(thing);
      f.set_bit(own);
      f.if(held, () => {
        f.set_bit(own);
      });
    },
    (f) => {
      const held = f.load(thing);
      f.store(thing, null);
      f.kfree(held);
      f.set_bit(x);
    },
    (f) => {
      f.if(f.test_bit(x), () => {
        f.kfree(f.kzalloc(Thing));
      });
    },
  ),
};

/** Goes past its pool only while both have an object. */
const fullPool: TinyCase = run(
  (f) => {
    f.kfree(f.kzalloc(Thing));
  },
  (f) => {
    f.kfree(f.kzalloc(Thing));
  },
);

/** Every lock of the kind is held, but a new object brings one that is free: fails if its task gets past it first. */
const newLock: TinyCase = {
  given: (f) => {
    f.store(pair, f.kzalloc(Pair));
  },
  ...run(
    (f) => {
      const held = f.load(pair);
      f.mutex_lock(held.lock);
      f.set_bit(y);
      f.set_bit(x);
      f.mutex_unlock(held.lock);
    },
    (f) => {
      f.if(f.test_bit(y), () => {
        const fresh = f.kzalloc(Pair);
        f.mutex_lock(fresh.lock);
        f.invariant('x is set', f.load(x));
        f.mutex_unlock(fresh.lock);
        f.kfree(fresh);
      });
    },
  ),
};

/** Spins for ever while another task could go on: the other must not be put off for ever. */
const putOff: TinyCase = {
  given: (f) => {
    f.set_bit(own);
  },
  ...run(
    (f) => {
      f.while(() => f.test_bit(own), nothing);
    },
    (f) => {
      f.set_bit(x);
      f.invariant('y is set', f.load(y));
    },
  ),
};

export const TRICKY: readonly (readonly [string, TinyCase])[] = [
  ['a failure that a deadlock would forestall', beforeTheDeadlock],
  ['a wait that the holder of the lock ends', wakesByItsHolder],
  ['a task that order holds back', letGoByOrder],
  ['a slot that becomes free with the last pointer', lastPointer],
  ['a pool that two allocations exhaust', fullPool],
  ['a lock that comes with a new object', newLock],
  ['a task beside one that spins for ever', putOff],
];
