/** struct rw_semaphore: who keeps whom out. */
import { completion, fn, rwsem, statics, task, type TaskSpec } from '@lastref/authoring';
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
