/** Programs about locks held in every way, in statics and in objects that live, die and appear. */
import type { TinyCase } from '../../support/tiny.js';
import { Thing, a, b, file, locked, run, sem, sets, spare, thing, x, y, z } from './world.js';

export const oneLock: TinyCase = run(
  (f) => {
    locked(f, a, () => {
      f.set_bit(x);
      f.set_bit(y);
    });
  },
  (f) => {
    locked(f, a, () => {
      f.set_bit(x);
    });
  },
  (f) => {
    f.if(f.mutex_trylock(a), () => {
      f.set_bit(y);
      f.mutex_unlock(a);
    });
    f.set_bit(z);
  },
);

export const twoLocks: TinyCase = run(
  (f) => {
    locked(f, a, () => {
      locked(f, b, () => {
        f.set_bit(x);
      });
    });
  },
  (f) => {
    locked(f, b, () => {
      locked(f, a, () => {
        f.set_bit(y);
      });
    });
  },
  sets(z, x),
);

export const readers: TinyCase = run(
  (f) => {
    f.down_read(sem);
    f.set_bit(x);
    f.up_read(sem);
  },
  (f) => {
    f.down_read(sem);
    f.ignore(f.test_bit(y));
    f.up_read(sem);
  },
  (f) => {
    f.down_write(sem);
    f.set_bit(y);
    f.up_write(sem);
  },
  (f) => {
    f.if(f.down_write_trylock(sem), () => {
      f.up_write(sem);
    });
  },
);

export const readersOfObjects: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const held = f.load(thing);
      f.down_read(held.sem);
      f.set_bit(x);
      f.up_read(held.sem);
    },
    (f) => {
      const held = f.load(thing);
      f.down_read(held.sem);
      f.set_bit(z);
      f.up_read(held.sem);
    },
    (f) => {
      const held = f.load(thing);
      f.down_write(held.sem);
      f.set_bit(y);
      f.up_write(held.sem);
    },
  ),
};

export const locksOfObjects: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const held = f.load(thing);
      locked(f, held.lock, () => {
        f.set_bit(y);
        f.set_bit(x);
      });
    },
    (f) => {
      const held = f.load(thing);
      locked(f, held.lock, () => {
        f.set_bit(z);
      });
    },
    (f) => {
      f.if(f.test_bit(y), () => {
        const fresh = f.kzalloc(Thing);
        locked(f, fresh.lock, () => {
          f.set_bit(z);
        });
      });
    },
  ),
};

export const locksOfTheDead: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
    f.store(spare, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const held = f.load(thing);
      locked(f, held.lock, () => {
        f.set_bit(x);
      });
    },
    (f) => {
      const held = f.load(spare);
      f.down_read(held.sem);
      f.up_read(held.sem);
      f.kfree(held);
      f.set_bit(y);
    },
  ),
};

export const lockOrLeave: TinyCase = {
  given: (f) => {
    f.kernfs_create(file);
  },
  ...run(
    (f) => {
      f.if(f.kernfs_get_active(file), () => {
        f.set_bit(x);
        f.kernfs_put_active(file);
      });
    },
    (f) => {
      f.kernfs_remove(file);
      f.set_bit(y);
    },
    sets(y, z),
  ),
};

export const twoReaders: TinyCase = run(
  (f) => {
    f.down_read(sem);
    f.up_read(sem);
  },
  (f) => {
    f.down_read(sem);
    f.up_read(sem);
  },
  (f) => {
    f.down_write(sem);
    f.up_write(sem);
  },
);

/** Takes the lock again and again, then another: what is held there is found on the second way round only. */
export const lockInALoop: TinyCase = run(
  (f) => {
    f.while(
      () => f.test_bit(x),
      () => {
        f.mutex_lock(a);
        f.set_bit(y);
      },
    );
    locked(f, b, () => {
      f.set_bit(z);
    });
  },
  (f) => {
    locked(f, b, () => {
      locked(f, a, () => {
        f.set_bit(y);
      });
    });
  },
);

/** Two ways lead on, of which one waits in a cycle. */
export const oneWayInACycle: TinyCase = run(
  (f) => {
    f.mutex_lock(a);
    f.if(f.test_bit(x), () => {
      locked(f, b, () => {
        f.set_bit(y);
      });
    });
    f.set_bit(z);
    f.mutex_unlock(a);
  },
  (f) => {
    locked(f, b, () => {
      locked(f, a, () => {
        f.set_bit(y);
      });
    });
  },
  sets(x),
);

/** All semaphores of the kind are held to read, but a new object brings one that is free. */
export const readersOfNewObjects: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const held = f.load(thing);
      f.down_read(held.sem);
      f.set_bit(y);
      f.set_bit(x);
      f.up_read(held.sem);
    },
    (f) => {
      f.if(f.test_bit(y), () => {
        const fresh = f.kzalloc(Thing);
        f.down_write(fresh.sem);
        f.set_bit(x);
        f.up_write(fresh.sem);
        f.kfree(fresh);
      });
    },
  ),
};

/** One waits, but for none of those who leave. */
export const readersBesideAWait: TinyCase = run(
  (f) => {
    f.down_read(sem);
    f.up_read(sem);
  },
  (f) => {
    f.down_read(sem);
    f.up_read(sem);
  },
  (f) => {
    f.wait_for_outside_world(x);
  },
);
