/**
 * CS/circular_buffer of SCTBench (circular_buffer_bad.c): sender and receiver take turns by two flags, but the receiver compares with
 * how often it looked, not with what it received. Fixed as circular_buffer_ok.c: it compares with what was sent.
 */
import { flag, fn, int, mutex, statics } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs } from '../threads.js';
import { array, element, fails, plus, setElement } from '../values.js';

const C = 'CS/circular_buffer_bad.c';
const SIZE = 10;
const N = 7;
/** What the receiver gets where there is nothing: no element has this value. */
const ERROR = N;
const buffer = array(
  'buffer',
  Array.from({ length: SIZE }, () => int(N)),
);
const { m, first, next, buffer_size, send, receive, value } = statics({
  m: mutex(),
  first: int(SIZE),
  next: int(SIZE),
  buffer_size: int(SIZE, SIZE),
  send: flag(1),
  receive: flag(),
  value: int(N),
});

/** The asserts of the code are loads here: they hold. */
const insertLogElement = fn('insertLogElement', C, (f, i: number) => {
  const at = f.load(next);
  f.load(buffer_size);
  f.load(buffer_size);
  f.load(next);
  setElement(f, buffer, at, i);
  const n = f.load(next);
  f.load(buffer_size);
  const following = f.var('following', SIZE);
  f.unless(f.eq(n, SIZE - 1), () => {
    f.add(following, n, 1);
  });
  f.store(next, following);
  f.load(next);
  f.load(buffer_size);
});

const removeLogElement = fn.int('removeLogElement', C, (f) => {
  const removed = f.var('removed', N, ERROR);
  f.if(
    f.and(f.ne(f.load(next), 0), () => {
      const at = f.load(first);
      f.load(buffer_size);
      return f.lt(at, SIZE);
    }),
    () => {
      f.store(first, plus(f, f.load(first), 1, SIZE));
      f.set(removed, element(f, buffer, plus(f, f.load(first), -1, SIZE), N));
    },
  );
  f.return(removed);
});

const t1 = fn('t1', C, (f) => {
  for (let i = 0; i < N; i++) {
    f.mutex_lock(m);
    f.if(f.test_bit(send), () => {
      f.call(insertLogElement, i);
      if (f.is(FIXED)) f.store(value, i);
      f.clear_bit(send);
      f.set_bit(receive);
    });
    f.mutex_unlock(m);
  }
});

const t2 = fn('t2', C, (f) => {
  for (let i = 0; i < N; i++) {
    f.mutex_lock(m);
    f.if(f.test_bit(receive), () => {
      const got = f.call(removeLogElement);
      f.if(f.ne(got, f.is(FIXED) ? f.load(value) : i), () => {
        fails(f, 'removed');
      });
      f.clear_bit(receive);
      f.set_bit(send);
    });
    f.mutex_unlock(m);
  }
});

export const circularBuffer: Exhibit = {
  name: 'circular-buffer',
  published: 'CS/circular_buffer',
  spec: {
    title: 'one sends, one receives, in turns',
    tasks: pthreads([runs('t1', t1), runs('t2', t2)]),
  },
  expect: 'all:invariant@t2',
  min: '0/1/3',
};
