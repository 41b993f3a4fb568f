/**
 * CS/sync01 and CS/sync02 of SCTBench (sync01_bad.c, sync02_bad.c): a producer waits for a slot that nobody empties, or that was
 * signalled before it waited. Fixed as sync01_ok.c and sync02_ok.c: the slot is empty at first.
 */
import { fn, int, mutex, pthread_cond, statics, type FunctionBuilder } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads } from '../threads.js';
import { add } from '../values.js';

const C = 'CS/sync_bad.c';
const MOST = 3;
const { m, num, empty, full } = statics({
  m: mutex(),
  num: int(MOST),
  empty: pthread_cond(),
  full: pthread_cond(),
});

const producer = fn('producer', C, (f, rounds: number) => {
  for (let i = 0; i < rounds; i++) {
    f.mutex_lock(m);
    f.while(
      () => f.ne(f.load(num), 0),
      () => {
        f.pthread_cond_wait(empty, m);
      },
    );
    add(f, num, 1, MOST);
    f.mutex_unlock(m);
    f.pthread_cond_signal(full);
  }
});

const consumer = fn('consumer', C, (f, rounds: number, takes: boolean) => {
  for (let j = 0; j < rounds; j++) {
    f.mutex_lock(m);
    f.while(
      () => f.eq(f.load(num), 0),
      () => {
        f.pthread_cond_wait(full, m);
      },
    );
    if (takes) add(f, num, -1, MOST);
    f.mutex_unlock(m);
    f.pthread_cond_signal(empty);
  }
});

const sync = (name: string, rounds: number, start: number, min: string): Exhibit => ({
  name,
  spec: {
    title: `a producer and a consumer, ${rounds === 1 ? 'once' : 'twice'}, num is ${start} at first`,
    given: (f: FunctionBuilder) => {
      f.store(num, f.is(FIXED) ? 0 : start);
    },
    tasks: pthreads([
      [
        'producer',
        (f) => {
          f.call(producer, rounds);
        },
      ],
      [
        'consumer',
        (f) => {
          f.call(consumer, rounds, rounds > 1 || f.is(FIXED));
        },
      ],
    ]),
  },
  expect: 'all:hung-task@producer',
  min,
});

export const syncs: readonly Exhibit[] = [
  sync('sync01', 1, 1, '0/0/2'),
  sync('sync02', 2, 2, '0/0/2'),
];
