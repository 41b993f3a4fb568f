/**
 * CS/account of SCTBench (account_bad.c): deposit and withdraw under one lock, and a check that expects the wrong sum of them.
 * Fixed as the suite's account_ok.c: the sum is right.
 */
import { flag, fn, int, mutex, signed, statics } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs } from '../threads.js';
import { fails, plus } from '../values.js';

const C = 'CS/account_bad.c';
const MOST = 10;
const { m, x, y, z, balance, deposit_done, withdraw_done } = statics({
  m: mutex(),
  x: int(MOST, 1),
  y: int(MOST, 2),
  z: int(MOST, 4),
  balance: signed(-MOST, MOST, 1),
  deposit_done: flag(),
  withdraw_done: flag(),
});

const deposit = fn('deposit', C, (f) => {
  f.mutex_lock(m);
  f.load(y);
  f.store(balance, plus(f, f.load(balance), 2, MOST, -MOST));
  f.set_bit(deposit_done);
  f.mutex_unlock(m);
});

const withdraw = fn('withdraw', C, (f) => {
  f.mutex_lock(m);
  f.load(z);
  f.store(balance, plus(f, f.load(balance), -4, MOST, -MOST));
  f.set_bit(withdraw_done);
  f.mutex_unlock(m);
});

/** x - y - z where it should be x + y - z. */
const check_result = fn('check_result', C, (f) => {
  f.mutex_lock(m);
  f.if(
    f.and(f.test_bit(deposit_done), () => f.test_bit(withdraw_done)),
    () => {
      f.load(x);
      f.load(y);
      f.load(z);
      f.if(f.ne(f.load(balance), f.is(FIXED) ? -1 : -5), () => {
        fails(f, 'balance');
      });
    },
  );
  f.mutex_unlock(m);
});

export const account: Exhibit = {
  name: 'account',
  published: 'CS/account',
  spec: {
    title: 'a deposit, a withdrawal, and a check of the sum',
    tasks: pthreads([
      runs('check', check_result),
      runs('deposit', deposit),
      runs('withdraw', withdraw),
    ]),
  },
  expect: 'all:invariant@check_result',
  min: '0/0/3',
};
