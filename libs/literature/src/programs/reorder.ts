/**
 * CS/reorder_N of SCTBench (reorder_N_bad.c): some threads write a, then b; who looks must see neither or both. Each read is a step,
 * as compiled without optimisation; -1 is 1 here. Fixed, our own: one lock around both. The suite's sizes 50 and 100 are missing:
 * an actor is a bit in masks of one word, so there are at most 30.
 */
import { flag, fn, mutex, statics } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, times } from '../threads.js';
import { fails } from '../values.js';

const C = 'CS/reorder_bad.c';
const { a, b, lock } = statics({ a: flag(), b: flag(), lock: mutex() });

const setThread = fn('setThread', C, (f) => {
  if (f.is(FIXED)) f.mutex_lock(lock);
  f.set_bit(a);
  f.set_bit(b);
  if (f.is(FIXED)) f.mutex_unlock(lock);
});

/** (a == 0 && b == 0) || (a == 1 && b == -1). */
const checkThread = fn('checkThread', C, (f) => {
  if (f.is(FIXED)) f.mutex_lock(lock);
  const good = f.var('good', 1);
  f.if(
    f.and(f.not(f.test_bit(a)), () => f.not(f.test_bit(b))),
    () => {
      f.set(good, 1);
    },
    () => {
      f.if(
        f.and(f.test_bit(a), () => f.test_bit(b)),
        () => {
          f.set(good, 1);
        },
      );
    },
  );
  f.unless(good, () => {
    fails(f, 'neither or both');
  });
  if (f.is(FIXED)) f.mutex_unlock(lock);
});

const reorder = (sets: number, checks: number): Exhibit => ({
  name: `reorder-${sets + checks}`,
  published: `CS/reorder_${sets + checks}`,
  spec: {
    title: `${sets} threads write, ${checks === 1 ? 'one looks' : `${checks} look`}`,
    tasks: pthreads([...times(sets, 'set', setThread), ...times(checks, 'check', checkThread)]),
  },
  expect: 'all:invariant@checkThread',
  min: '0/1/2',
});

export const reorders: readonly Exhibit[] = [
  reorder(2, 1),
  reorder(3, 1),
  reorder(4, 1),
  reorder(9, 1),
  {
    ...reorder(10, 10),
    beyondSearch: {
      variants: ['buggy', 'fixed'],
      because: 'ten threads of each kind in every combination',
    },
  },
];
