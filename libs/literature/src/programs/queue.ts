/**
 * CS/queue of SCTBench (queue_bad.c): both threads take turns by two flags; the consumer compares with what was stored under the number
 * of its looks, not of what it took. Fixed, our own: it counts what it takes. The queue of 20 is the suite's; what was enqueued
 * stays in it, so its states are too many to hold. A queue of 5 is the same code, and small enough.
 */
import {
  flag,
  fn,
  int,
  mutex,
  statics,
  type IntField,
  type IntValue,
  type Place,
} from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs } from '../threads.js';
import { add, array, element, fails, plus, setElement } from '../values.js';

const C = 'CS/queue_bad.c';
const { m, enqueue_flag, dequeue_flag } = statics({
  m: mutex(),
  enqueue_flag: flag(1),
  dequeue_flag: flag(),
});

const queueOf = (size: number): Exhibit['spec'] => {
  const elements = array(
    'element',
    Array.from({ length: size }, () => int(size)),
  );
  const stored = array(
    'stored',
    Array.from({ length: size }, () => int(size)),
  );
  const { head, tail, amount } = statics({ head: int(size), tail: int(size), amount: int(size) });

  const advance = fn('advance', C, (f, index: Place<IntField>) => {
    f.if(
      f.eq(f.load(index), size),
      () => {
        f.store(index, 1);
      },
      () => {
        add(f, index, 1, size);
      },
    );
  });

  const enqueue = fn('enqueue', C, (f, x: IntValue) => {
    setElement(f, elements, f.load(tail), x);
    add(f, amount, 1, size);
    f.call(advance, tail);
  });

  const dequeue = fn.int('dequeue', C, (f) => {
    const x = element(f, elements, f.load(head), size);
    add(f, amount, -1, size);
    f.call(advance, head);
    f.return(x);
  });

  const t1 = fn('t1', C, (f) => {
    f.mutex_lock(m);
    f.call(enqueue, 0);
    setElement(f, stored, 0, 0);
    f.load(head);
    f.load(tail);
    f.mutex_unlock(m);
    const value = f.var('value', size);
    const i = f.var('i', size);
    f.while(
      () => f.lt(i, size - 1),
      () => {
        f.mutex_lock(m);
        f.if(f.test_bit(enqueue_flag), () => {
          f.add(value, value, 1);
          f.call(enqueue, value);
          setElement(f, stored, plus(f, i, 1, size), value);
          f.clear_bit(enqueue_flag);
          f.set_bit(dequeue_flag);
        });
        f.mutex_unlock(m);
        f.add(i, i, 1);
      },
    );
  });

  const t2 = fn('t2', C, (f) => {
    const i = f.var('i', size);
    const taken = f.var('taken', size);
    f.while(
      () => f.lt(i, size),
      () => {
        f.mutex_lock(m);
        f.if(f.test_bit(dequeue_flag), () => {
          const got = f.call(dequeue);
          const expected = f.is(FIXED) ? taken : element(f, stored, i, size);
          f.if(f.ne(got, expected), () => {
            fails(f, 'dequeued');
          });
          f.add(taken, taken, 1);
          f.clear_bit(dequeue_flag);
          f.set_bit(enqueue_flag);
        });
        f.mutex_unlock(m);
        f.add(i, i, 1);
      },
    );
  });

  return {
    title: `one enqueues, one dequeues, ${size} times`,
    tasks: pthreads([runs('t1', t1), runs('t2', t2)]),
  };
};

export const queues: readonly Exhibit[] = [
  {
    name: 'queue',
    published: 'CS/queue',
    spec: queueOf(20),
    expect: 'all:invariant@t2',
    beyondSearch: {
      variants: ['buggy', 'fixed'],
      because: 'more than 20,000,000 states: what was enqueued stays in the array',
    },
  },
  { name: 'queue-5', spec: queueOf(5), expect: 'all:invariant@t2', min: '0/1/3' },
];
