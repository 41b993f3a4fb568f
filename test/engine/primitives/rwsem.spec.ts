/** struct rw_semaphore: who keeps whom out. */
import {
  completion,
  flag,
  fn,
  rwsem,
  statics,
  task,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

const { sem, woken } = statics({ sem: rwsem(), woken: completion() });

const first = fn('first_reader', 'a.c', (f) => {
  f.down_read(sem);
  f.milestone('reading');
  f.wait_for_completion(woken);
  f.up_read(sem);
});
const second = fn('second_reader', 'a.c', (f) => {
  f.down_read(sem);
  f.complete(woken);
  f.up_read(sem);
});
const writer = fn('writer', 'a.c', (f) => {
  f.milestone('writing');
  f.down_write(sem);
  f.up_write(sem);
});

const READER: TaskSpec = task('reader', (f) => {
  f.call(first);
});
/** Wakes the first, as a reader beside it. */
const waker = (options: Omit<TaskSpec, 'name' | 'body'>): TaskSpec =>
  task(
    'waker',
    (f) => {
      f.call(second);
    },
    options,
  );
const WRITER: TaskSpec = task('writer', (f) => {
  f.call(writer);
});

it('readers share it', () => {
  expect(proveTiny({ tasks: [READER, waker({})] })).toMatchObject({ failures: [], complete: true });
});

it('a writer that waits keeps out readers that come after it', () => {
  const after = { tasks: [READER, WRITER, waker({ after: 'writing' })] };
  expect(proveTiny(after).failures).toEqual(['hung-task@first_reader(woken)']);
});

const { twice } = statics({ twice: rwsem() });
const reads_again = fn('reads_again', 'a.c', (f) => {
  f.down_read(twice);
  f.down_read(twice);
  f.up_read(twice);
  f.up_read(twice);
});
const writes = fn('writes', 'a.c', (f) => {
  f.down_write(twice);
  f.up_write(twice);
});
const tries_to_write = fn('tries_to_write', 'a.c', (f) => {
  f.if(f.down_write_trylock(twice), () => {
    f.up_write(twice);
  });
});
const calls = (...called: readonly (typeof writes)[]) =>
  proveTiny({
    tasks: called.map((each, i) =>
      task(`task ${i}`, (f) => {
        f.call(each);
      }),
    ),
  });

it('a task may read it twice, which is a deadlock once a writer waits', () => {
  expect(calls(reads_again, reads_again)).toMatchObject({ failures: [] });
  expect(calls(reads_again, writes).failures).toEqual([
    'deadlock@reads_again(twice)+writes(twice)',
  ]);
});

it('a writer that only tries keeps nobody out', () => {
  expect(calls(reads_again, tries_to_write)).toMatchObject({ failures: [] });
});

it('a task that reads it a third time is an error, no verdict', () => {
  const thrice = fn('thrice', 'a.c', (f) => {
    for (let i = 0; i < 3; i++) f.down_read(twice);
  });
  expect(() => calls(thrice)).toThrow('bound exceeded: the times that one task holds twice');
});

it('a writer that tries gets it while nobody holds it, and not while anybody does', () => {
  const expected = (holds: boolean, before: (f: FunctionBuilder) => void) =>
    fn('tries', 'a.c', (f) => {
      before(f);
      f.if(
        f.down_write_trylock(twice),
        () => {
          f.invariant('not while it is held', holds ? 1 : 0);
        },
        () => {
          f.invariant('while it is free', holds ? 0 : 1);
        },
      );
      f.stay();
    });
  expect(calls(expected(true, () => undefined)).failures).toEqual([]);
  const reads = (f: FunctionBuilder) => {
    f.down_read(twice);
  };
  expect(calls(expected(false, reads)).failures).toEqual([]);
});

describe('down_read_trylock', () => {
  const tries = (expected: boolean): typeof writes =>
    fn('tries_to_read', 'a.c', (f) => {
      f.if(
        f.down_read_trylock(twice),
        () => {
          f.invariant('not while a writer has it', expected ? 1 : 0);
          f.up_read(twice);
        },
        () => {
          f.invariant('while no writer is near', expected ? 0 : 1);
        },
      );
    });

  it('reads beside a reader, and never waits', () => {
    const reads = fn('reads', 'a.c', (f) => {
      f.down_read(twice);
      f.call(tries(true));
      f.up_read(twice);
    });
    expect(calls(reads, reads)).toMatchObject({ failures: [], reports: [] });
  });

  it('fails while a writer holds it, and while one waits', () => {
    const own = fn('own', 'a.c', (f) => {
      f.down_write(twice);
      f.call(tries(false));
      f.up_write(twice);
    });
    expect(calls(own)).toMatchObject({ failures: [] });
    const beside = fn('beside', 'a.c', (f) => {
      f.down_read(twice);
      f.if(f.down_read_trylock(twice), () => {
        f.up_read(twice);
      });
      f.up_read(twice);
    });
    const result = calls(beside, writes);
    expect(result).toMatchObject({ failures: [], unexecuted: [] });
  });
});

describe('downgrade_write', () => {
  const { value } = statics({ value: flag() });
  const owner = fn('owner', 'a.c', (f) => {
    f.down_write(twice);
    f.set_bit(value);
    f.downgrade_write(twice);
    f.check('nobody wrote since', value, '==', 1);
    f.up_read(twice);
  });
  const resets = fn('resets', 'a.c', (f) => {
    f.down_write(twice);
    f.clear_bit(value);
    f.up_write(twice);
  });

  it('lets no writer in between, and readers beside', () => {
    const waits = fn('waits', 'a.c', (f) => {
      f.down_read(twice);
      f.complete(woken);
      f.up_read(twice);
    });
    const held = fn('held', 'a.c', (f) => {
      f.down_write(twice);
      f.downgrade_write(twice);
      f.wait_for_completion(woken);
      f.up_read(twice);
    });
    expect(calls(owner, resets, resets)).toMatchObject({ failures: [], reports: [] });
    expect(calls(held, waits)).toMatchObject({ failures: [], reports: [] });
  });

  it('leaves it held to read, and is only for the writer', () => {
    const forgets = fn('forgets', 'a.c', (f) => {
      f.down_write(twice);
      f.downgrade_write(twice);
    });
    const wrong = fn('wrong', 'a.c', (f) => {
      f.down_read(twice);
      f.downgrade_write(twice);
    });
    const twofold = fn('twofold', 'a.c', (f) => {
      f.down_write(twice);
      f.downgrade_write(twice);
      f.up_write(twice);
    });
    expect(calls(forgets).failures).toEqual(['leak@forgets(held twice)']);
    expect(calls(wrong).failures).toEqual(['bad-unlock@wrong(twice)']);
    expect(calls(twofold).failures).toEqual(['bad-unlock@twofold(twice)']);
  });

  it('still keeps out who would write, so that a reader that goes on to write is a deadlock', () => {
    const upgrades = fn('upgrades', 'a.c', (f) => {
      f.down_write(twice);
      f.downgrade_write(twice);
      f.down_write(twice);
    });
    expect(calls(upgrades).failures).toEqual(['deadlock@upgrades(twice)']);
  });
});
