import {
  flag,
  fn,
  mutex,
  ptr,
  srcu,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Ops extends Struct {
  static override readonly tag = 'ops';
  used = flag();
}
class Device extends Struct {
  static override readonly tag = 'device';
  ssp = srcu();
}
const { domain, other, lock, ops, device, entered, again, raw } = statics({
  domain: srcu(),
  other: srcu(),
  lock: mutex(),
  ops: ptr(() => Ops),
  device: ptr(() => Device),
  entered: flag(),
  again: flag(),
  raw: srcu(),
});

type Body = (f: FunctionBuilder) => void;

const run = (bodies: readonly Body[], given: Partial<TinyCase> = {}) =>
  proveTiny({
    given: (f) => {
      f.init_srcu_struct(domain);
      f.init_srcu_struct(other);
      const dev = f.kzalloc(Device);
      f.init_srcu_struct(dev.ssp);
      f.store(device, dev);
      f.store(ops, f.kzalloc(Ops));
    },
    tasks: bodies.map((body, i) => {
      const called = fn(`function_${i}`, 'a.c', body);
      return task(`task ${i}`, (f) => {
        f.call(called);
      });
    }),
    ...given,
  });

const reading = (f: FunctionBuilder, inside: () => void, of = domain): void => {
  const idx = f.srcu_read_lock(of);
  inside();
  f.srcu_read_unlock(of, idx);
};

/** Uses what is published, over two steps. */
const reader: Body = (f) => {
  reading(f, () => {
    const found = f.srcu_dereference(ops, domain);
    f.if(found, () => {
      f.set_bit(found.used);
      f.set_bit(found.used);
    });
  });
};
const retract = (f: FunctionBuilder, wait: () => void): void => {
  const old = f.load(ops);
  f.rcu_assign_pointer(ops, null);
  wait();
  f.kfree(old);
};

describe('synchronize_srcu', () => {
  it('waits for who may have read what was retracted before', () => {
    const remover: Body = (f) => {
      retract(f, () => {
        f.synchronize_srcu(domain);
      });
    };
    expect(run([reader, reader, remover])).toMatchObject({ failures: [], reports: [] });
  });

  it('waits for its own domain only', () => {
    const remover: Body = (f) => {
      retract(f, () => {
        f.synchronize_srcu(other);
      });
    };
    expect(run([reader, remover]).failures).toEqual([
      'use-after-free@function_0(ops freed by function_1)',
    ]);
  });

  /** The reader's second section begins while another waits for the first. */
  it('does not wait for a section that begins after it came, not even of a task it waits for', () => {
    const twice: Body = (f) => {
      reading(f, () => undefined);
      reading(f, () => {
        f.set_bit(again);
        f.clear_bit(again);
      });
    };
    const waits: Body = (f) => {
      f.synchronize_srcu(domain);
      f.if(f.test_bit(again), () => {
        f.milestone('passed a reader');
        f.clear_bit(again);
      });
    };
    expect(run([twice, waits], { reaches: ['passed a reader'] }).missed).toEqual([]);
  });

  it('tells two sections of one task apart by their index, whichever ends first', () => {
    const overlapping: Body = (f) => {
      const first = f.srcu_read_lock(domain);
      f.milestone('first');
      const second = f.srcu_read_lock(domain);
      f.milestone('second');
      f.srcu_read_unlock(domain, first);
      f.set_bit(entered);
      f.milestone('third');
      f.clear_bit(entered);
      f.srcu_read_unlock(domain, second);
    };
    const waits: Body = (f) => {
      f.synchronize_srcu(domain);
      f.if(f.test_bit(entered), () => {
        f.milestone('passed the second section');
        f.clear_bit(again);
      });
    };
    expect(run([overlapping, waits], { reaches: ['passed the second section'] }).missed).toEqual(
      [],
    );
  });

  it('waits for ever for a reader that stays, and is hung', () => {
    const stays: Body = (f) => {
      f.srcu_read_lock(domain);
      f.stay();
    };
    const waits: Body = (f) => {
      f.synchronize_srcu(domain);
    };
    expect(run([stays, waits]).failures).toEqual(['hung-task@function_1(domain)']);
  });

  it('is illegal inside its own read section, and nowhere else', () => {
    const inside =
      (of: typeof domain): Body =>
      (f) => {
        reading(f, () => {
          f.synchronize_srcu(of);
        });
      };
    expect(run([inside(domain)]).failures).toEqual(['illegal-synchronize@function_0(domain)']);
    expect(run([inside(other)]).failures).toEqual([]);
  });

  it('must not be called where sleeping is not allowed', () => {
    const atomic: Body = (f) => {
      f.rcu_read_lock();
      f.synchronize_srcu(domain);
    };
    expect(run([atomic]).failures).toEqual(['sleep-in-atomic@function_0(rcu_read_lock)']);
  });

  it('deadlocks with a reader that waits for a lock of who waits', () => {
    const locks: Body = (f) => {
      reading(f, () => {
        f.mutex_lock(lock);
        f.mutex_unlock(lock);
      });
    };
    const waits: Body = (f) => {
      f.mutex_lock(lock);
      f.synchronize_srcu(domain);
      f.mutex_unlock(lock);
    };
    expect(run([locks, waits])).toMatchObject({
      failures: ['deadlock@function_0(lock)+function_1(domain)'],
      reports: ['lock-order@domain+lock'],
    });
  });

  it('lets readers sleep, and makes no lock order of readers alone', () => {
    const outside: Body = (f) => {
      f.mutex_lock(lock);
      reading(f, () => undefined);
      f.mutex_unlock(lock);
    };
    const inside: Body = (f) => {
      reading(f, () => {
        f.mutex_lock(lock);
        f.mutex_unlock(lock);
      });
    };
    expect(run([outside, inside])).toMatchObject({ failures: [], reports: [] });
  });

  it('notices that the domain died while it waited', () => {
    const frees: Body = (f) => {
      f.kfree(f.load(device));
    };
    const waits: Body = (f) => {
      f.synchronize_srcu(f.load(device).ssp);
    };
    expect(run([frees, waits]).failures).toEqual([
      'use-after-free@function_1(device freed by function_0)',
    ]);
  });
});

describe('srcu_read_lock', () => {
  it('crashes in a domain that was never initialised', () => {
    expect(
      run([
        (f) => {
          reading(f, () => undefined, raw);
        },
      ]).failures,
    ).toEqual(['null-deref@function_0(raw)']);
  });

  it('is left unbalanced: a leak, and a bad unlock', () => {
    const keeps: Body = (f) => {
      f.srcu_read_lock(domain);
    };
    expect(run([keeps]).failures).toEqual(['leak@function_0(held domain)']);
    const unlocks: Body = (f) => {
      f.srcu_read_unlock(domain, 0);
    };
    expect(run([unlocks]).failures).toEqual(['bad-unlock@function_0(domain)']);
    const wrongIndex: Body = (f) => {
      f.srcu_read_lock(domain);
      f.srcu_read_unlock(domain, 1);
    };
    expect(run([wrongIndex]).failures).toEqual(['bad-unlock@function_0(domain)']);
  });

  it('is held when its memory is freed', () => {
    const frees: Body = (f) => {
      const dev = f.load(device);
      f.srcu_read_lock(dev.ssp);
      f.kfree(dev);
    };
    expect(run([frees]).failures).toEqual([
      'held-lock-freed@function_0(device freed by function_0)',
    ]);
  });
});

describe('cleanup_srcu_struct', () => {
  const cleans: Body = (f) => {
    f.ignore(f.cleanup_srcu_struct(domain));
  };

  it('warns of readers, and does not end the domain then', () => {
    expect(
      run([
        (f) => {
          reading(f, () => {
            f.if(f.cleanup_srcu_struct(domain), () => {
              f.invariant('a domain in use stays', 0);
            });
          });
        },
      ]),
    ).toMatchObject({
      failures: [],
      reports: ['warning@function_0(the srcu_struct is in use)'],
    });
  });

  it('warns of a grace period that has not ended', () => {
    const waits: Body = (f) => {
      f.synchronize_srcu(domain);
    };
    expect(run([waits, cleans])).toMatchObject({
      failures: [],
      reports: ['warning@function_1(the srcu_struct is in use)'],
    });
  });

  it('ends the domain', () => {
    const uses: Body = (f) => {
      cleans(f);
      reading(f, () => undefined);
    };
    expect(run([uses]).failures).toEqual(['null-deref@function_0(domain)']);
  });
});

it('srcu_dereference outside of a read section is reported, and goes on', () => {
  const result = run([
    (f) => {
      f.ignore(f.is_null(f.srcu_dereference(ops, domain)));
    },
  ]);
  expect(result).toMatchObject({
    failures: [],
    reports: ['suspicious-rcu@function_0(domain)'],
  });
});
