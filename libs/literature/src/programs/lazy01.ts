/**
 * CS/lazy01 of SCTBench (lazy01_bad.c): the third thread fails if the two others have counted before it; created third, second,
 * first, as in PERIOD's copy. Fixed, our own: main joins the third before it creates the others.
 */
import { completion, fn, int, mutex, statics, task } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { create, runs, started } from '../threads.js';
import { add, fails } from '../values.js';

const C = 'CS/lazy01_bad.c';
const MOST = 3;
const { lock, data, ended } = statics({ lock: mutex(), data: int(MOST), ended: completion() });

const thread1 = fn('thread1', C, (f) => {
  f.mutex_lock(lock);
  add(f, data, 1, MOST);
  f.mutex_unlock(lock);
});
const thread2 = fn('thread2', C, (f) => {
  f.mutex_lock(lock);
  add(f, data, 2, MOST);
  f.mutex_unlock(lock);
});
const thread3 = fn('thread3', C, (f) => {
  f.mutex_lock(lock);
  f.if(f.eq(f.load(data), MOST), () => {
    fails(f, 'data');
  });
  f.mutex_unlock(lock);
  if (f.is(FIXED)) f.complete(ended);
});

const threads = [runs('thread3', thread3), runs('thread2', thread2), runs('thread1', thread1)];

export const lazy01: Exhibit = {
  name: 'lazy01',
  published: 'CS/lazy01',
  spec: {
    title: 'the third comes last',
    tasks: [
      task('main', (f) => {
        create(f, 'thread3');
        if (f.is(FIXED)) f.wait_for_completion(ended);
        create(f, 'thread2');
        create(f, 'thread1');
      }),
      ...threads.map(started),
    ],
  },
  expect: 'all:invariant@thread3',
  min: '0/0/3',
};
