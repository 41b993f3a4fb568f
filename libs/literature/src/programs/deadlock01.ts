/** CS/deadlock01 of SCTBench (deadlock01_bad.c): two locks in both orders. Fixed, our own: both threads take a before b. */
import { fn, int, mutex, statics } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs } from '../threads.js';
import { add } from '../values.js';

const C = 'CS/deadlock01_bad.c';
const MOST = 3;
const { a, b, counter } = statics({ a: mutex(), b: mutex(), counter: int(MOST, 1) });

const thread1 = fn('thread1', C, (f) => {
  f.mutex_lock(a);
  f.mutex_lock(b);
  add(f, counter, 1, MOST);
  f.mutex_unlock(b);
  f.mutex_unlock(a);
});

const thread2 = fn('thread2', C, (f) => {
  const [first, second] = f.is(FIXED) ? [a, b] : [b, a];
  f.mutex_lock(first);
  f.mutex_lock(second);
  add(f, counter, -1, MOST);
  f.mutex_unlock(second);
  f.mutex_unlock(first);
});

export const deadlock01: Exhibit = {
  name: 'deadlock01',
  published: 'CS/deadlock01',
  spec: {
    title: 'AB-BA',
    tasks: pthreads([runs('thread1', thread1), runs('thread2', thread2)]),
  },
  expect: 'all:deadlock@thread1+thread2',
  reports: ['lock-order'],
  min: '0/1/2',
};
