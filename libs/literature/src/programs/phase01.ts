/** CS/phase01 of SCTBench (phase01_bad.c): who locks last does not unlock. Fixed as phase01_ok.c: it unlocks. */
import { fn, mutex, statics } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, times } from '../threads.js';

const { x, y } = statics({ x: mutex(), y: mutex() });

const thread1 = fn('thread1', 'CS/phase01_bad.c', (f) => {
  f.mutex_lock(x);
  f.mutex_unlock(x);
  f.mutex_lock(x);
  if (f.is(FIXED)) f.mutex_unlock(x);
  f.mutex_lock(y);
  f.mutex_unlock(y);
  f.mutex_lock(y);
  f.mutex_unlock(y);
});

export const phase01: Exhibit = {
  name: 'phase01',
  spec: { title: 'two threads, two phases', tasks: pthreads(times(2, 't', thread1)) },
  expect: 'all:hung-task@thread1',
  min: '0/0/1',
};
