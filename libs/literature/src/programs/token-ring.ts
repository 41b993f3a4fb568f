/**
 * CS/token_ring of SCTBench (token_ring_bad.c): each copies its neighbour once, in any order, and the last expects that all are equal.
 * Fixed, our own: main joins each before it creates the next.
 */
import {
  completion,
  flag,
  fn,
  int,
  mutex,
  statics,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { create, runs, started } from '../threads.js';
import { fails } from '../values.js';

const C = 'CS/token_ring_bad.c';
const { atomic, x1, x2, x3, flag1, flag2, flag3, ended } = statics({
  atomic: mutex(),
  x1: int(4, 1),
  x2: int(4, 2),
  x3: int(4, 1),
  flag1: flag(),
  flag2: flag(),
  flag3: flag(),
  ended: completion(4),
});

const leave = (f: FunctionBuilder): void => {
  f.mutex_unlock(atomic);
  if (f.is(FIXED)) f.complete(ended);
};

const t1 = fn('t1', C, (f) => {
  f.mutex_lock(atomic);
  const next = f.load(x3);
  const sum = f.var('sum', 4);
  f.if(f.lt(next, 4), () => {
    f.add(sum, next, 1);
  });
  f.store(x1, sum);
  f.set_bit(flag1);
  leave(f);
});
const t2 = fn('t2', C, (f) => {
  f.mutex_lock(atomic);
  f.store(x2, f.load(x1));
  f.set_bit(flag2);
  leave(f);
});
const t3 = fn('t3', C, (f) => {
  f.mutex_lock(atomic);
  f.store(x3, f.load(x2));
  f.set_bit(flag3);
  leave(f);
});
const t4 = fn('t4', C, (f) => {
  f.mutex_lock(atomic);
  f.if(
    f.and(
      f.and(f.test_bit(flag1), () => f.test_bit(flag2)),
      () => f.test_bit(flag3),
    ),
    () => {
      const equal = f.and(f.eq(f.load(x1), f.load(x2)), () => f.eq(f.load(x2), f.load(x3)));
      f.unless(equal, () => {
        fails(f, 'all are equal');
      });
    },
  );
  f.mutex_unlock(atomic);
});

const threads = [runs('t1', t1), runs('t2', t2), runs('t3', t3), runs('t4', t4)];

export const tokenRing: Exhibit = {
  name: 'token-ring',
  published: 'CS/token_ring',
  spec: {
    title: 'a ring of three and a check',
    tasks: [
      task('main', (f) => {
        for (const [i, [name]] of threads.entries()) {
          if (i > 0 && f.is(FIXED)) f.wait_for_completion(ended);
          create(f, name);
        }
      }),
      ...threads.map(started),
    ],
  },
  expect: 'all:invariant@t4',
  min: '0/0/4',
};
