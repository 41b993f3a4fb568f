/**
 * SafeStack of SCTBench (SafeStack.cpp; posted by Vyukov in 2010): a lock-free stack of three elements; three threads pop one, own it and
 * push it back, twice. Elements are numbered from 1, so that 0 is none. A failed compare_exchange of Push reads head again in a
 * step of its own, where C++ gives the value in the same one: every run of the code is a run here. Fixed, our own, since nobody
 * published one: a lock around each call.
 */
import {
  atomic,
  fn,
  int,
  mutex,
  statics,
  type FunctionBuilder,
  type Int,
} from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads } from '../threads.js';
import { array, at, fails } from '../values.js';

const C = 'SafeStack.cpp';
const N = 3;
const NONE = 0;
const ROUNDS = 2;
const next = array(
  'next',
  [2, 3, NONE].map((init) => atomic(N, 0, init)),
);
const value = array(
  'value',
  [0, 0, 0].map((init) => int(N, init)),
);
/** The count falls below zero when two pop the last. */
const { head, count, lock, idle } = statics({
  head: atomic(N, 0, 1),
  count: atomic(2 * N, -N, N),
  lock: mutex(),
  idle: int(1),
});

/** Touches nothing that others write; switching away before it is no preemption. */
const sched_yield = fn('sched_yield', C, (f) => {
  f.return_to_user();
  f.load(idle);
});

const index = (f: FunctionBuilder, element: Int): Int => {
  const from0 = f.var('index', N);
  f.unless(f.eq(element, NONE), () => {
    f.sub(from0, element, 1);
  });
  return from0;
};

const Pop = fn.int('SafeStack::Pop', C, (f) => {
  f.while(
    () => f.lt(f.var('one', 1, 1), f.atomic_read(count)),
    () => {
      const head1 = f.atomic_read(head);
      const next1 = f.var('next1', N);
      at(f, next, index(f, head1), (its) => {
        f.set(next1, f.atomic_xchg(its, NONE));
      });
      f.if(
        f.ne(next1, NONE),
        () => {
          f.if(
            f.atomic_cmpxchg(head, head1, next1),
            () => {
              f.atomic_dec(count);
              f.return(head1);
            },
            () => {
              at(f, next, index(f, head1), (its) => {
                f.atomic_xchg(its, next1);
              });
            },
          );
        },
        () => {
          f.call(sched_yield);
        },
      );
    },
  );
  f.return(NONE);
});

const Push = fn('SafeStack::Push', C, (f, element: Int) => {
  const head1 = f.var('head1', N);
  f.label('again');
  f.set(head1, f.atomic_read(head));
  at(f, next, index(f, element), (its) => {
    f.atomic_set(its, head1);
  });
  f.unless(f.atomic_cmpxchg(head, head1, element), () => {
    f.goto('again');
  });
  f.atomic_inc(count);
});

/** Calls, in the fixed variant under the lock. */
const locked = <R>(f: FunctionBuilder, call: () => R): R => {
  if (f.is(FIXED)) f.mutex_lock(lock);
  const result = call();
  if (f.is(FIXED)) f.mutex_unlock(lock);
  return result;
};

const thread = fn('thread', C, (f, own: number) => {
  for (let i = 0; i < ROUNDS; i++) {
    const element = f.var('elem', N);
    f.while(
      () => f.eq(element, NONE),
      () => {
        f.set(
          element,
          locked(f, () => f.call(Pop)),
        );
        f.if(f.eq(element, NONE), () => {
          f.call(sched_yield);
        });
      },
    );
    at(f, value, index(f, element), (its) => {
      f.store(its, own);
    });
    const seen = f.var('seen', N);
    at(f, value, index(f, element), (its) => {
      f.set(seen, f.load(its));
    });
    f.if(f.ne(seen, own), () => {
      fails(f, 'one owner');
    });
    locked(f, () => {
      f.call(Push, element);
    });
  }
});

export const safestack: Exhibit = {
  name: 'safestack',
  published: 'SafeStack',
  spec: {
    title: 'three threads pop and push, twice',
    tasks: pthreads(
      [1, 2, 3].map((own) => [
        `t${own - 1}`,
        (f) => {
          f.call(thread, own);
        },
      ]),
    ),
  },
  expect: 'all:invariant@thread',
  min: '0/7/10',
};
