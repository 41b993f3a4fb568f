/** CS/wronglock_N of SCTBench (wronglock_N_bad.c): some take another lock for the same data. Fixed, our own: all take dataLock. */
import { fn, int, mutex, statics } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs, times } from '../threads.js';
import { add, fails, plus } from '../values.js';

const C = 'CS/wronglock_bad.c';
const MOST = 10;
const { dataLock, thisLock, dataValue } = statics({
  dataLock: mutex(),
  thisLock: mutex(),
  dataValue: int(MOST),
});

const funcA = fn('funcA', C, (f) => {
  f.mutex_lock(dataLock);
  const x = f.load(dataValue);
  add(f, dataValue, 1, MOST);
  f.if(f.ne(f.load(dataValue), plus(f, x, 1, MOST)), () => {
    fails(f, 'one more');
  });
  f.mutex_unlock(dataLock);
});

const funcB = fn('funcB', C, (f) => {
  const lock = f.is(FIXED) ? dataLock : thisLock;
  f.mutex_lock(lock);
  add(f, dataValue, 1, MOST);
  f.mutex_unlock(lock);
});

const wronglock = (name: string, published: string, wrong: number): Exhibit => ({
  name,
  published,
  spec: {
    title: `one takes the right lock, ${wrong} the wrong one`,
    tasks: pthreads([runs('A', funcA), ...times(wrong, 'B', funcB)]),
  },
  expect: 'all:invariant@funcA',
  min: '0/1/3',
});

export const wronglocks: readonly Exhibit[] = [
  wronglock('wronglock', 'CS/wronglock', 7),
  wronglock('wronglock-3', 'CS/wronglock_3', 3),
];
