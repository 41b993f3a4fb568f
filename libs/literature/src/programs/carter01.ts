/**
 * CS/carter01 of SCTBench (carter01_bad.c): each side takes l under m when it is the first, and wants m again to give l up.
 * Two more threads do nothing that anybody sees. Fixed, our own: l is always taken before m.
 */
import {
  flag,
  fn,
  int,
  mutex,
  statics,
  type FunctionBuilder,
  type IntField,
  type Place,
} from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs } from '../threads.js';
import { add } from '../values.js';

const C = 'CS/carter01_bad.c';
const MOST = 2;
const { m, l, A, B, idle } = statics({
  m: mutex(),
  l: mutex(),
  A: int(MOST),
  B: int(MOST),
  idle: flag(),
});

const side = (f: FunctionBuilder, count: Place<IntField>): void => {
  const fixed = f.is(FIXED);
  if (fixed) f.mutex_lock(l);
  f.mutex_lock(m);
  add(f, count, 1, MOST);
  const first = f.load(count);
  if (!fixed)
    f.if(f.eq(first, 1), () => {
      f.mutex_lock(l);
    });
  f.mutex_unlock(m);
  f.mutex_lock(m);
  add(f, count, -1, MOST);
  const left = f.load(count);
  if (!fixed)
    f.if(f.eq(left, 0), () => {
      f.mutex_unlock(l);
    });
  f.mutex_unlock(m);
  if (fixed) f.mutex_unlock(l);
};

const t1 = fn('t1', C, (f) => {
  side(f, A);
});
const t2 = fn('t2', C, (f) => {
  side(f, B);
});
/** A task does at least one step. */
const t3 = fn('t3', C, (f) => {
  f.set_bit(idle);
});

export const carter01: Exhibit = {
  name: 'carter01',
  published: 'CS/carter01',
  spec: {
    title: 'two sides of one gate',
    tasks: pthreads([runs('t1', t1), runs('t2', t2), runs('t3', t3), runs('t4', t3)]),
  },
  expect: 'all:deadlock@t1+t2',
  reports: ['lock-order'],
  min: '0/1/2',
};
