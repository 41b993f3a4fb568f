/** struct rw_semaphore: who keeps whom out. */
import {
  completion,
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
