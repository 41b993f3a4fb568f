/**
 * CS/twostage_N of SCTBench (twostage_N_bad.c): two values that belong together, each under a lock of its own. Fixed, our own: the
 * first lock is kept until the second value is written. The suite's sizes 50 and 100 are missing: see reorder.
 */
import { fn, int, mutex, statics } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, times } from '../threads.js';
import { fails, plus } from '../values.js';

const C = 'CS/twostage_bad.c';
const { data1Lock, data2Lock, data1Value, data2Value } = statics({
  data1Lock: mutex(),
  data2Lock: mutex(),
  data1Value: int(2),
  data2Value: int(2),
});

const funcA = fn('funcA', C, (f) => {
  f.mutex_lock(data1Lock);
  f.store(data1Value, 1);
  if (!f.is(FIXED)) f.mutex_unlock(data1Lock);
  f.mutex_lock(data2Lock);
  f.store(data2Value, plus(f, f.load(data1Value), 1, 2));
  f.mutex_unlock(data2Lock);
  if (f.is(FIXED)) f.mutex_unlock(data1Lock);
});

const funcB = fn('funcB', C, (f) => {
  f.mutex_lock(data1Lock);
  f.if(f.eq(f.load(data1Value), 0), () => {
    f.mutex_unlock(data1Lock);
    f.return();
  });
  const t1 = f.load(data1Value);
  f.mutex_unlock(data1Lock);
  f.mutex_lock(data2Lock);
  const t2 = f.load(data2Value);
  f.mutex_unlock(data2Lock);
  f.if(f.ne(t2, plus(f, t1, 1, 2)), () => {
    fails(f, 'one more than the first');
  });
});

const twostage = (name: string, writers: number, readers: number): Exhibit => ({
  name,
  spec: {
    title: `${writers} write in two stages, ${readers} read${readers === 1 ? 's' : ''}`,
    tasks: pthreads([...times(writers, 'A', funcA), ...times(readers, 'B', funcB)]),
  },
  expect: 'all:invariant@funcB',
  min: '0/1/2',
});

export const twostages: readonly Exhibit[] = [
  { ...twostage('twostage', 1, 1), published: 'CS/twostage' },
  twostage('twostage-5', 4, 1),
  {
    ...twostage('twostage-20', 10, 10),
    published: 'CS/twostage_20',
    beyondSearch: {
      variants: ['buggy', 'fixed'],
      because: 'ten threads of each kind in every combination',
    },
  },
];
