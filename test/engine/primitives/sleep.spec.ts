/** Sleeps that wait for nothing: yield points that may not stand in atomic context. */
import { flag, fn, spinlock, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { shrink } from '@lastref/shrinking';
import { proveTiny, tiny } from '../support/tiny.js';

const { lock, seen, step } = statics({ lock: spinlock(), seen: flag(), step: flag() });

type Body = (f: FunctionBuilder) => void;
const spec = (...bodies: readonly Body[]) => ({
  tasks: bodies.map((body, i) => {
    const called = fn(`function_${i}`, 'a.c', body);
    return task(`task ${i}`, (f) => {
      f.call(called);
    });
  }),
});

describe.each(['msleep', 'cond_resched'] as const)('%s', (sleep) => {
  it('is forbidden to who holds a spinlock', () => {
    const result = proveTiny(
      spec((f) => {
        f.spin_lock(lock);
        f[sleep]();
        f.spin_unlock(lock);
      }),
    );
    expect(result.failures).toEqual(['sleep-in-atomic@function_0(lock)']);
  });

  it('is where switching away is no preemption', () => {
    const window =
      (sleeps: boolean): Body =>
      (f) => {
        f.set_bit(step);
        if (sleeps) f[sleep]();
        f.clear_bit(step);
      };
    const looks: Body = (f) => {
      f.check('nothing is half done', step, '==', 0);
    };
    const preemptions = (sleeps: boolean) => {
      const found = shrink(
        tiny(spec(window(sleeps), looks)),
        'invariant@function_1(nothing is half done)',
      );
      if (!found.ok) throw new Error(found.message);
      return found.reproduction.cost.preemptions;
    };
    expect([preemptions(false), preemptions(true)]).toEqual([1, 0]);
  });

  it('lets a poll see what comes, and makes one that sees nothing a livelock', () => {
    const polls: Body = (f) => {
      f.while(
        () => f.not(f.test_bit(seen)),
        () => {
          f[sleep]();
        },
      );
    };
    const comes: Body = (f) => {
      f.set_bit(seen);
    };
    expect(proveTiny(spec(polls, comes)).failures).toEqual([]);
    expect(proveTiny(spec(polls)).failures).toEqual(['livelock@function_0']);
  });
});
