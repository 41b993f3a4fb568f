/**
 * CS/stack of SCTBench (stack_bad.c): the flag says that something was pushed, and still says so when all was popped.
 * Fixed as stack_ok.c: pops only what is there.
 */
import { flag, fn, int, mutex, statics, type FunctionBuilder, type Int } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs } from '../threads.js';
import { add, array, element, fails, setElement } from '../values.js';

const C = 'CS/stack_bad.c';
const SIZE = 10;
const arr = array(
  'arr',
  Array.from({ length: SIZE }, () => int(SIZE)),
);
const { m, top, set } = statics({ m: mutex(), top: int(SIZE), set: flag() });

const push = fn('push', C, (f, x: Int) => {
  f.if(
    f.eq(f.load(top), SIZE),
    () => {
      fails(f, 'overflow');
    },
    () => {
      setElement(f, arr, f.load(top), x);
      add(f, top, 1, SIZE);
    },
  );
});

const pop = fn('pop', C, (f) => {
  f.if(
    f.eq(f.load(top), 0),
    () => {
      fails(f, 'underflow');
    },
    () => {
      add(f, top, -1, SIZE);
      element(f, arr, f.load(top), SIZE);
    },
  );
});

const loop = (f: FunctionBuilder, body: (i: Int) => void): void => {
  const i = f.var('i', SIZE);
  f.while(
    () => f.lt(i, SIZE),
    () => {
      f.mutex_lock(m);
      body(i);
      f.mutex_unlock(m);
      f.add(i, i, 1);
    },
  );
};

const t1 = fn('t1', C, (f) => {
  loop(f, (i) => {
    f.call(push, i);
    if (!f.is(FIXED)) f.set_bit(set);
  });
});

const t2 = fn('t2', C, (f) => {
  loop(f, () => {
    f.if(f.is(FIXED) ? f.ne(f.load(top), 0) : f.test_bit(set), () => {
      f.call(pop);
    });
  });
});

export const stack: Exhibit = {
  name: 'stack',
  published: 'CS/stack',
  spec: { title: 'ten pushes, ten pops', tasks: pthreads([runs('t1', t1), runs('t2', t2)]) },
  expect: 'all:invariant@pop',
  min: '0/1/2',
};
