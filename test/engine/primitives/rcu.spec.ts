import {
  field,
  flag,
  fn,
  kernfs,
  mutex,
  ptr,
  rwsem,
  spinlock,
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
const { lock, other, sem, spin, file, table, ops, inside } = statics({
  lock: mutex(),
  other: mutex(),
  spin: spinlock(),
  file: kernfs(),
  sem: rwsem(),
  table: field('rwlock'),
  ops: ptr(() => Ops),
  inside: flag(),
});

type Body = (f: FunctionBuilder) => void;

const run = (bodies: readonly Body[], more: Partial<TinyCase> = {}) =>
  proveTiny({
    given: (f) => {
      f.store(ops, f.kzalloc(Ops));
    },
    tasks: bodies.map((body, i) => {
      const called = fn(`function_${i}`, 'a.c', body);
      return task(`task ${i}`, (f) => {
        f.call(called);
      });
    }),
    ...more,
  });

const uses = (f: FunctionBuilder): void => {
  const found = f.rcu_dereference(ops);
  f.if(found, () => {
    f.set_bit(found.used);
    f.set_bit(found.used);
  });
};
const reader: Body = (f) => {
  f.rcu_read_lock();
  uses(f);
  f.rcu_read_unlock();
};
const remover =
  (waits: boolean): Body =>
  (f) => {
    const old = f.load(ops);
    f.rcu_assign_pointer(ops, null);
    if (waits) f.synchronize_rcu();
    f.kfree(old);
  };
const asks = (
  f: FunctionBuilder,
  held: Parameters<FunctionBuilder['rcu_dereference_protected']>[1],
): void => {
  f.ignore(f.is_null(f.rcu_dereference_protected(ops, held)));
};
const UAF = 'use-after-free@function_0(ops freed by function_1)';

describe('synchronize_rcu', () => {
  it('waits for who may have read what was retracted before', () => {
    expect(run([reader, remover(true), reader])).toMatchObject({ failures: [], reports: [] });
    expect(run([reader, remover(false)]).failures).toEqual([UAF]);
  });

  it('waits for the outermost of nested sections', () => {
    const nested: Body = (f) => {
      f.rcu_read_lock();
      reader(f);
      uses(f);
      f.rcu_read_unlock();
    };
    expect(run([nested, remover(true)])).toMatchObject({ failures: [], reports: [] });
  });

  it('does not wait for a section that begins after it came, not even of a task it waits for', () => {
    const twice: Body = (f) => {
      reader(f);
      f.rcu_read_lock();
      f.set_bit(inside);
      f.clear_bit(inside);
      f.rcu_read_unlock();
    };
    const waits: Body = (f) => {
      f.synchronize_rcu();
      f.if(f.test_bit(inside), () => {
        f.milestone('passed a reader');
        f.clear_bit(inside);
      });
    };
    expect(run([twice, waits], { reaches: ['passed a reader'] }).missed).toEqual([]);
  });

  it('has a snapshot for each that waits', () => {
    expect(
      run([
        reader,
        remover(true),
        (f) => {
          f.synchronize_rcu();
        },
      ]),
    ).toMatchObject({
      failures: [],
      ends: { failed: 0 },
    });
  });

  it('is illegal inside a read section', () => {
    const inSection: Body = (f) => {
      f.rcu_read_lock();
      f.synchronize_rcu();
    };
    expect(run([inSection]).failures).toEqual(['illegal-synchronize@function_0(rcu_read_lock)']);
  });
});

describe('rcu_read_lock', () => {
  it('forbids to sleep', () => {
    const sleeps: Body = (f) => {
      f.rcu_read_lock();
      f.mutex_lock(lock);
    };
    expect(run([sleeps]).failures).toEqual(['sleep-in-atomic@function_0(rcu_read_lock)']);
  });

  it('is left unbalanced: a leak, and a bad unlock', () => {
    expect(
      run([
        (f) => {
          f.rcu_read_lock();
        },
      ]).failures,
    ).toEqual(['leak@function_0(held rcu_read_lock)']);
    expect(
      run([
        (f) => {
          f.rcu_read_unlock();
        },
      ]).failures,
    ).toEqual(['bad-unlock@function_0(rcu_read_lock)']);
  });

  it('is counted to a depth of two', () => {
    const deep: Body = (f) => {
      f.rcu_read_lock();
      f.rcu_read_lock();
      f.rcu_read_lock();
    };
    expect(() => run([deep])).toThrow(
      'the depth of rcu_read_lock would pass its declared maximum 2',
    );
  });
});

it('rcu_dereference outside of a read section is reported, and goes on', () => {
  expect(run([uses])).toMatchObject({
    failures: [],
    reports: ['suspicious-rcu@function_0(rcu_read_lock)'],
  });
});

describe('rcu_dereference_protected', () => {
  const reports = (body: Body): readonly string[] => {
    const { failures, reports: found } = run([body]);
    expect(failures).toEqual([]);
    return found;
  };

  it.each<[string, Body]>([
    [
      'a mutex',
      (f) => {
        f.mutex_lock(lock);
        asks(f, lock);
        f.mutex_unlock(lock);
      },
    ],
    [
      'a spinlock',
      (f) => {
        f.spin_lock(spin);
        asks(f, spin);
        f.spin_unlock(spin);
      },
    ],
    [
      'a semaphore, to read',
      (f) => {
        f.down_read(sem);
        asks(f, sem);
        f.up_read(sem);
      },
    ],
    [
      'a semaphore, to write',
      (f) => {
        f.down_write(sem);
        asks(f, sem);
        f.up_write(sem);
      },
    ],
    [
      'an rwlock, to read',
      (f) => {
        f.read_lock(table);
        asks(f, table);
        f.read_unlock(table);
      },
    ],
  ])('reads under %s', (_, body) => {
    expect(reports(body)).toEqual([]);
  });

  // In order of use, the file's holders stand right behind the spinlock's owner.
  it.each<[string, Body]>([
    [
      'lock',
      (f) => {
        f.mutex_lock(other);
        asks(f, lock);
        f.mutex_unlock(other);
      },
    ],
    [
      'spin',
      (f) => {
        f.spin_lock(spin);
        f.spin_unlock(spin);
        f.kernfs_unbreak_active_protection(file);
        asks(f, spin);
        f.kernfs_put_active(file);
      },
    ],
    [
      'sem',
      (f) => {
        f.rcu_read_lock();
        asks(f, sem);
        f.rcu_read_unlock();
      },
    ],
    [
      'table',
      (f) => {
        f.read_lock(table);
        f.read_unlock(table);
        asks(f, table);
      },
    ],
  ])('is reported where %s is not held, whatever else is', (name, body) => {
    expect(reports(body)).toEqual([`suspicious-rcu@function_0(${name})`]);
  });

  it('is not content with a lock that another task holds', () => {
    const holder: Body = (f) => {
      f.mutex_lock(lock);
      f.mutex_unlock(lock);
    };
    expect(
      run([
        (f) => {
          asks(f, lock);
        },
        holder,
      ]).reports,
    ).toEqual(['suspicious-rcu@function_0(lock)']);
  });
});
