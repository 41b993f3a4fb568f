import { field, flag, fn, mutex, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

const { lock, other, sleeping, inside } = statics({
  lock: field('rwlock'),
  other: field('rwlock'),
  sleeping: mutex(),
  inside: flag(),
});

const run = (...bodies: readonly ((f: FunctionBuilder) => void)[]) =>
  proveTiny({
    tasks: bodies.map((body, i) => {
      const called = fn(`function_${i}`, 'a.c', body);
      return task(`task ${i}`, (f) => {
        f.call(called);
      });
    }),
  });

const write = (f: FunctionBuilder): void => {
  f.write_lock(lock);
  f.set_bit(inside);
  f.clear_bit(inside);
  f.write_unlock(lock);
};
const read = (f: FunctionBuilder): void => {
  f.read_lock(lock);
  f.check('no writer is inside', inside, '==', 0);
  f.read_unlock(lock);
};

describe('rwlock_t', () => {
  it('keeps readers and writers apart', () => {
    expect(run(write, write, read, read)).toMatchObject({ failures: [], reports: [] });
  });

  const again = (f: FunctionBuilder): void => {
    f.read_lock(lock);
    read(f);
    f.read_unlock(lock);
  };

  it('lets readers in together, and one of them again', () => {
    expect(run(again, again)).toMatchObject({ failures: [], ends: { failed: 0 } });
  });

  it('is a deadlock for who reads it again once a writer waits', () => {
    expect(run(again, write).failures).toEqual(['deadlock@function_0(lock)+function_1(lock)']);
  });

  it('is a deadlock of length one for a reader that goes on to write', () => {
    const upgrade = (f: FunctionBuilder): void => {
      f.read_lock(lock);
      f.write_lock(lock);
    };
    expect(run(upgrade).failures).toEqual(['deadlock@function_0(lock)']);
  });

  it('deadlocks two that take two of them in opposite orders', () => {
    const both = (first: typeof lock, second: typeof lock) => (f: FunctionBuilder) => {
      f.read_lock(first);
      f.write_lock(second);
      f.write_unlock(second);
      f.read_unlock(first);
    };
    const result = run(both(lock, other), both(other, lock));
    expect(result.failures).toEqual(['deadlock@function_0(other)+function_1(lock)']);
    expect(result.reports).toEqual(['lock-order@lock+other']);
  });

  it('is only tried by write_trylock', () => {
    const tries = (f: FunctionBuilder): void => {
      f.if(f.write_trylock(lock), () => {
        f.write_unlock(lock);
      });
    };
    expect(run(read, tries, tries)).toMatchObject({ failures: [], reports: [] });
  });

  it('is only tried by read_trylock, which fails while a writer waits', () => {
    const tries = (f: FunctionBuilder): void => {
      f.read_lock(lock);
      f.if(f.read_trylock(lock), () => {
        f.check('no writer is inside', inside, '==', 0);
        f.read_unlock(lock);
      });
      f.read_unlock(lock);
    };
    expect(run(tries, write)).toMatchObject({ failures: [], reports: [], unexecuted: [] });
  });

  it.each(['read', 'write'] as const)('forbids to sleep with it held to %s', (how) => {
    const sleeps = (f: FunctionBuilder): void => {
      f[`${how}_lock`](lock);
      f.mutex_lock(sleeping);
    };
    expect(run(sleeps).failures).toEqual(['sleep-in-atomic@function_0(lock)']);
  });

  it.each(['read', 'write'] as const)('reports a %s_unlock by who does not hold it', (how) => {
    expect(
      run((f) => {
        f[`${how}_unlock`](lock);
      }).failures,
    ).toEqual(['bad-unlock@function_0(lock)']);
  });
});
