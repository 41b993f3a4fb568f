/** Mutants of the detectors that know a context: atomic, a list's links, a pool's pages, a rule of the scenario's own. */
import { flag, fn, list, mutex, spinlock, statics, Struct, task } from '@lastref/authoring';
import type { FunctionBuilder, TaskSpec } from '@lastref/authoring';
import type { TinyCase } from '../support/tiny.js';
import type { Mutant } from './mutants.js';

class Entry extends Struct {
  static override readonly tag = 'entry';
  node = list();
}
const { entries, spin, sleeps, busy, up, state } = statics({
  state: flag(),
  entries: list(),
  spin: spinlock(),
  sleeps: mutex(),
  busy: flag(),
  up: flag(),
});

type Body = (f: FunctionBuilder) => void;

const alone = (name: string, body: Body): TinyCase => {
  const called = fn(name, 'a.c', body);
  return {
    tasks: [
      task('t', (f) => {
        f.call(called);
      }),
    ],
  };
};

/** Takes the mutex inside or outside of the spinlock. */
const both = (first: 'spin' | 'sleeps'): Body => {
  const take: Record<'spin' | 'sleeps', Body> = {
    spin: (f) => {
      f.spin_lock(spin);
    },
    sleeps: (f) => {
      f.mutex_lock(sleeps);
    },
  };
  return (f) => {
    take[first](f);
    take[first === 'spin' ? 'sleeps' : 'spin'](f);
    f.spin_unlock(spin);
    f.mutex_unlock(sleeps);
  };
};

const remove = (twice: 'list_del' | 'list_del_init'): Body => {
  return (f) => {
    f.INIT_LIST_HEAD(entries);
    const entry = f.kzalloc(Entry);
    f.list_add(entry.node, entries);
    f[twice](entry.node);
    f[twice](entry.node);
    f.kfree(entry);
  };
};

const destroy = (release: boolean): Body => {
  return (f) => {
    f.set_bit(busy);
    if (release) f.clear_bit(busy);
    f.if(f.test_bit(busy), () => {
      f.busy_pool('pool');
    });
  };
};

const resume = (bring_up: boolean): Body => {
  return (f) => {
    if (bring_up) f.set_bit(up);
    f.invariant('up after resume', f.load(up));
  };
};

/** Two that load and store, the second half of them marked or neither. */
const publish = (marked: boolean): TinyCase => {
  const reads = fn('reads', 'a.c', (f) => {
    if (marked) f.READ_ONCE(state);
    else f.load(state);
  });
  const writes = fn('writes', 'a.c', (f) => {
    if (marked) f.WRITE_ONCE(state, 1);
    else f.store(state, 1);
  });
  return {
    detect: ['data-race'],
    tasks: [reads, writes].map((called) =>
      task(called.name, (f) => {
        f.call(called);
      }),
    ),
  };
};
const handler = (name: string, body: Body, on?: string): TaskSpec => {
  const called = fn(name, 'a.c', body);
  return task(
    name,
    (f) => {
      f.call(called);
    },
    { context: 'hardirq', ...(on === undefined ? {} : { on }) },
  );
};
const interrupt = (take: 'mutex_lock' | 'mutex_trylock'): TaskSpec =>
  handler('handler', (f) => {
    if (take === 'mutex_trylock')
      f.if(f.mutex_trylock(sleeps), () => {
        f.mutex_unlock(sleeps);
      });
    else {
      f.mutex_lock(sleeps);
      f.mutex_unlock(sleeps);
    }
  });
const interrupted = (take: 'spin_lock' | 'spin_lock_irqsave'): TaskSpec[] => [
  ...alone('thread', (f) => {
    if (take === 'spin_lock_irqsave') {
      const flags = f.spin_lock_irqsave(spin);
      f.spin_unlock_irqrestore(spin, flags);
    } else {
      f.spin_lock(spin);
      f.spin_unlock(spin);
    }
  }).tasks,
  handler(
    'handler',
    (f) => {
      f.spin_lock(spin);
      f.spin_unlock(spin);
    },
    't',
  ),
];

export const CONTEXT_MUTANTS: readonly Mutant[] = [
  {
    kind: 'list-corruption',
    title: 'list_del twice instead of list_del_init',
    mutant: alone('remove', remove('list_del')),
    mended: alone('remove', remove('list_del_init')),
  },
  {
    kind: 'busy-pool',
    title: 'a pool is destroyed with a page in use',
    mutant: alone('destroy', destroy(false)),
    mended: alone('destroy', destroy(true)),
  },
  {
    kind: 'sleep-in-atomic',
    title: 'a mutex is taken inside of a spinlock',
    mutant: alone('both', both('spin')),
    mended: alone('both', both('sleeps')),
  },
  {
    kind: 'data-race',
    title: 'a flag is read and written at once, and neither is marked',
    mutant: publish(false),
    mended: publish(true),
  },
  {
    kind: 'sleep-in-atomic',
    title: 'a handler takes a mutex',
    mutant: { tasks: [interrupt('mutex_lock')] },
    mended: { tasks: [interrupt('mutex_trylock')] },
  },
  {
    kind: 'deadlock',
    title: 'a handler spins on a lock of what it interrupted',
    mutant: { tasks: interrupted('spin_lock') },
    mended: { tasks: interrupted('spin_lock_irqsave') },
  },
  {
    kind: 'invariant',
    title: 'resume forgets to bring the device up',
    mutant: alone('resume', resume(false)),
    mended: alone('resume', resume(true)),
  },
];
