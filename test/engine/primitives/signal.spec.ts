/** Signals: they end interruptible and killable waits, where nobody brings what is waited for; and nothing else. */
import {
  completion,
  flag,
  fn,
  mutex,
  rwsem,
  statics,
  task,
  type Cond,
  type FunctionBuilder,
} from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { neverExecuted } from '../support/never-executed.js';
import { proveTiny, tiny, type TinyCase } from '../support/tiny.js';

const { lock, other, sem, done, got, missed } = statics({
  lock: mutex(),
  other: mutex(),
  sem: rwsem(),
  done: completion(),
  got: flag(),
  missed: flag(),
});

type Body = (f: FunctionBuilder) => void;
const NAMES = ['first', 'second'] as const;
const spec = (bodies: readonly Body[], signals: TinyCase['signals']): TinyCase => ({
  ...(signals === undefined ? {} : { signals }),
  tasks: bodies.map((body, i) => {
    const name = NAMES[i] ?? 'other';
    const called = fn(name, 'a.c', body);
    return task(name, (f) => {
      f.call(called);
    });
  }),
});
const run = (bodies: readonly Body[], signals?: TinyCase['signals']) =>
  proveTiny(spec(bodies, signals));

const waits =
  (how: 'interruptible' | 'killable'): Body =>
  (f) => {
    f.if(
      f[`wait_for_completion_${how}`](done),
      () => {
        f.set_bit(got);
      },
      () => {
        f.set_bit(missed);
      },
    );
  };

describe('a wait that a signal ends', () => {
  it.each(['interruptible', 'killable'] as const)('may be for ever where none comes: %s', (how) => {
    const result = run([waits(how)]);
    expect(result).toMatchObject({ failures: [], ends: { clean: 1 } });
  });

  it.each([
    ['interruptible', 'interrupt', true],
    ['interruptible', 'kill', true],
    ['killable', 'kill', true],
    ['killable', 'interrupt', false],
  ] as const)('%s, by %s: %s', (how, signal, ends) => {
    expect(run([waits(how)], { first: signal }).failures).toEqual([]);
    expect(neverExecuted(spec([waits(how)], { first: signal }))).toEqual(
      ends ? ['got = 1'] : ['wait_for_completion_killable(done)', 'got = 1', 'missed = 1'],
    );
  });

  it('is left with what it waited for where both come', () => {
    const completed: Body = (f) => {
      f.complete(done);
      waits('interruptible')(f);
      f.check('it was not missed', missed, '==', 0);
    };
    expect(run([completed], { first: 'interrupt' }).failures).toEqual([]);
  });

  it('wakes nobody who waits uninterruptibly, nor another task', () => {
    const uninterruptible: Body = (f) => {
      f.wait_for_completion(done);
    };
    expect(run([uninterruptible], { first: 'kill' }).failures).toEqual(['hung-task@first(done)']);
    const result = run([waits('killable'), waits('killable')], { second: 'kill' });
    expect(result).toMatchObject({ failures: [], complete: true });
  });

  it('costs an event, like any task that starts by chance', () => {
    const { tasks } = tiny(spec([waits('killable')], { first: 'kill' }));
    expect(tasks.map(({ name, optional }) => [name, optional])).toEqual([
      ['first', undefined],
      ['kill first', 32_768],
    ]);
  });

  it('names a task of the case', () => {
    expect(() => tiny(spec([waits('killable')], { furst: 'kill' }))).toThrow(
      "'signals' names 'furst', which is no task of the case; did you mean 'first'",
    );
  });
});

type Lock = (f: FunctionBuilder) => Cond;
/** How a lock is taken by who cannot be interrupted, and given back; what takes it is the call under test. */
interface Way {
  readonly hold: Body;
  readonly letGo: Body;
}
const OWNED: Way = {
  hold: (f) => {
    f.mutex_lock(lock);
  },
  letGo: (f) => {
    f.mutex_unlock(lock);
  },
};
const READ: Way = {
  hold: (f) => {
    f.down_read(sem);
  },
  letGo: (f) => {
    f.up_read(sem);
  },
};
const WRITTEN: Way = {
  hold: (f) => {
    f.down_write(sem);
  },
  letGo: (f) => {
    f.up_write(sem);
  },
};
/** The call, how what it takes is given back, and how another keeps it waiting. */
const against = (take: Lock, { letGo: give }: Way, { hold, letGo }: Way) => ({
  take,
  give,
  hold,
  letGo,
});
const LOCKS = {
  mutex_lock_interruptible: against((f) => f.mutex_lock_interruptible(lock), OWNED, OWNED),
  mutex_lock_killable: against((f) => f.mutex_lock_killable(lock), OWNED, OWNED),
  down_read_interruptible: against((f) => f.down_read_interruptible(sem), READ, WRITTEN),
  down_read_killable: against((f) => f.down_read_killable(sem), READ, WRITTEN),
  down_write_killable: against((f) => f.down_write_killable(sem), WRITTEN, READ),
};

describe.each(Object.entries(LOCKS))('%s', (_, { take, give, hold, letGo }) => {
  const careful: Body = (f) => {
    f.if(
      take(f),
      () => {
        f.check('nobody else is in', got, '==', 0);
        give(f);
      },
      () => {
        f.set_bit(missed);
      },
    );
  };

  it('excludes, and is given back', () => {
    const busy: Body = (f) => {
      hold(f);
      f.set_bit(got);
      f.clear_bit(got);
      letGo(f);
    };
    expect(run([careful, busy])).toMatchObject({ failures: [], reports: [] });
  });

  it('is not held behind a signal', () => {
    const holds: Body = (f) => {
      hold(f);
      f.stay();
    };
    expect(run([careful, holds], { first: 'kill' }).failures).toEqual([]);
    expect(neverExecuted(spec([careful, holds], { first: 'kill' }))).toEqual(['stay()']);
  });

  it('taken regardless of the signal is given back by who does not hold it', () => {
    const careless: Body = (f) => {
      f.ignore(take(f));
      give(f);
    };
    const holds: Body = (f) => {
      hold(f);
      f.stay();
    };
    expect(run([careless, holds], { first: 'kill' }).failures).toEqual([
      expect.stringMatching(/^bad-unlock@first/),
    ]);
  });

  it('makes no deadlock, since a signal would end it, and hangs who waits for it otherwise', () => {
    const waiting: Body = (f) => {
      f.mutex_lock(other);
      f.if(take(f), () => {
        give(f);
      });
      f.mutex_unlock(other);
    };
    const opposite: Body = (f) => {
      hold(f);
      f.mutex_lock(other);
      f.mutex_unlock(other);
      letGo(f);
    };
    const { failures, reports } = run([waiting, opposite]);
    expect(failures).toEqual(['hung-task@second(other)']);
    expect(reports).toEqual([expect.stringMatching(/^lock-order@/)]);
    expect(run([waiting, opposite], { first: 'kill' }).failures).toEqual([
      'hung-task@second(other)',
    ]);
  });
});

it('a writer that a fatal signal ends keeps readers out no longer', () => {
  const reads: Body = (f) => {
    f.down_read(sem);
    f.stay();
  };
  const writes: Body = (f) => {
    f.if(f.down_write_killable(sem), () => {
      f.up_write(sem);
    });
    f.set_bit(missed);
    f.down_read(sem);
    f.up_read(sem);
  };
  expect(run([reads, writes], { second: 'kill' })).toMatchObject({ failures: [], complete: true });
});

describe('signal_pending', () => {
  const counts: Body = (f) => {
    f.while(
      () => f.not(f.signal_pending()),
      () => {
        f.cond_resched();
      },
    );
  };

  it('ends a loop that polls for it', () => {
    expect(run([counts], { first: 'interrupt' }).failures).toEqual(['livelock@first']);
    const always = tiny(spec([counts], { first: 'interrupt' }));
    const sent = {
      ...always,
      tasks: always.tasks.map(({ name, body }) => ({ name, body })),
    };
    expect(prove(sent).failures).toEqual([]);
  });

  it('is handled on the way to user mode; a fatal one is not', () => {
    const handles: Body = (f) => {
      f.while(
        () => f.not(f.signal_pending()),
        () => {
          f.cond_resched();
        },
      );
      f.if(f.do_signal(), () => {
        f.if(f.fatal_signal_pending(), () => {
          f.milestone('exits');
          f.set_bit(got);
        });
        f.return();
      });
      f.if(f.signal_pending(), () => {
        f.invariant('handled', 0);
      });
      f.set_bit(missed);
    };
    const texts = (signal: 'interrupt' | 'kill'): string[] =>
      neverExecuted(spec([handles], { first: signal })).filter((text) => text.endsWith(' = 1'));
    expect(texts('interrupt')).toEqual(['got = 1']);
    expect(texts('kill')).toEqual(['missed = 1']);
  });
});
