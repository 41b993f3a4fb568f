/** wait_event and its like, and syscalls that start again. */
import {
  flag,
  fn,
  int,
  mutex,
  statics,
  task,
  waitqueue,
  type FunctionBuilder,
  type Int,
} from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { neverExecuted } from '../support/never-executed.js';
import { proveTiny, type TinyCase } from '../support/tiny.js';

const { queue, ready, result, lock, busy } = statics({
  queue: waitqueue(),
  ready: flag(),
  result: int(3),
  lock: mutex(),
  busy: flag(),
});

type Body = (f: FunctionBuilder) => void;
const spec = (bodies: readonly Body[], signals?: TinyCase['signals']): TinyCase => ({
  ...(signals === undefined ? {} : { signals }),
  tasks: bodies.map((body, i) => {
    const name = ['sleeper', 'waker'][i] ?? 'other';
    const called = fn(name, 'a.c', body);
    return task(name, (f) => {
      f.call(called);
    });
  }),
});
const run = (...args: Parameters<typeof spec>) => proveTiny(spec(...args));
const wakes: Body = (f) => {
  f.set_bit(ready);
  f.wake_up(queue);
};
const isReady = (f: FunctionBuilder) => () => f.test_bit(ready);

it('wait_event loses no wake-up, and hangs where none comes', () => {
  const sleeps: Body = (f) => {
    kernel.wait_event(f, queue, isReady(f));
    f.check('the condition holds', ready, '==', 1);
  };
  expect(run([sleeps, wakes])).toMatchObject({ failures: [], unexecuted: [] });
  expect(run([sleeps]).failures).toEqual(['hung-task@sleeper(queue)']);
  const forgets: Body = (f) => {
    f.set_bit(ready);
  };
  expect(run([sleeps, forgets]).failures).toEqual(['hung-task@sleeper(queue)']);
});

it('wait_event_exclusive: of two that wait, one wake-up reaches one', () => {
  const sleeps: Body = (f) => {
    kernel.wait_event_exclusive(f, queue, isReady(f));
  };
  const twice: Body = (f) => {
    wakes(f);
    f.wake_up(queue);
  };
  expect(run([sleeps, twice, sleeps])).toMatchObject({ failures: [], complete: true });
  expect(run([sleeps, wakes, sleeps]).failures).toEqual([
    'hung-task@other(queue)',
    'hung-task@sleeper(queue)',
  ]);
});

const told = (wait: (f: FunctionBuilder) => Int): Body => {
  return (f) => {
    f.if(
      wait(f),
      () => {
        f.store(result, 1);
      },
      () => {
        f.store(result, 2);
      },
    );
  };
};
const never = (...args: Parameters<typeof spec>): readonly string[] => {
  expect(run(...args).failures).toEqual([]);
  return neverExecuted(spec(...args)).filter((text) => text.startsWith('result'));
};

it.each([
  ['wait_event_interruptible', 'interrupt'],
  ['wait_event_interruptible_exclusive', 'interrupt'],
  ['wait_event_killable', 'kill'],
] as const)('%s returns 0, or that a signal came first', (name, signal) => {
  const sleeps = told((f) => kernel[name](f, queue, isReady(f)));
  expect(never([sleeps, wakes], { sleeper: signal })).toEqual([]);
  expect(never([sleeps, wakes])).toEqual(['result = 1']);
  expect(never([sleeps], { sleeper: signal })).toEqual(['result = 2']);
});

it('wait_event_timeout says whether the condition came in time', () => {
  const sleeps = told((f) => kernel.wait_event_timeout(f, queue, isReady(f)));
  expect(never([sleeps, wakes])).toEqual(['result = 2']);
  expect(never([sleeps])).toEqual(['result = 1']);
  const late: Body = (f) => {
    f.set_bit(ready);
  };
  expect(never([sleeps, late])).toEqual(['result = 2']);
});

it('a syscall that starts again until it has the lock makes no lock order, and gets in', () => {
  const handler: Body = (f) => {
    kernel.trylock_or_restart(f, lock);
    f.check('nobody else is in', busy, '==', 0);
    f.set_bit(busy);
    f.clear_bit(busy);
    f.mutex_unlock(lock);
  };
  expect(run([handler, handler])).toMatchObject({ failures: [], reports: [] });
});
