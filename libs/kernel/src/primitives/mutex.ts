/**
 * struct mutex (kernel/locking/mutex.c): sleeping, not recursive, unlocked by its owner only; waiters have no order,
 * so any of them may win. The state holds the owner's task number plus one. A lock in a dead object does not block:
 * taking it reports the memory error. Detectors: bad-unlock; deadlock and lock order through holders and edges.
 * mutex_unlock is one step. mutex_unlock_two_step is the same call as the machine runs it: once the owner is cleared another
 * may own the mutex, while __mutex_unlock_slowpath still works on it; so the next owner must not free what it is in.
 */
import { fieldKind, ownerSlot } from '../operation/field-kind.js';
import { acquires, releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation, type Wait } from '../operation/operation.js';
import { isFree, lock, owner, touch, trylock, unlock } from './support/owned.js';
import { orSignal, unlessLeft } from './support/signals.js';

export const kinds = {
  mutex: fieldKind('struct mutex', { slots: (_, sizes) => [ownerSlot('', sizes)], lock: 'sleeps' }),
};

const UNTIL_FREE: Wait = { until: isFree, holders: owner, endsBy: 'holders' };

export const operations = {
  mutex_lock: operation({
    kernel: 'mutex_lock (kernel/locking/mutex.c)',
    says: 'Takes the mutex; waits while a task holds it.',
    operands: [place('lock', ['mutex'], 'writes')],
    lock: acquires('exclusive', ['exclusive']),
    wait: UNTIL_FREE,
    sleeps: true,
    raises: [],
    step: lock,
  }),
  mutex_lock_interruptible: operation({
    kernel: 'mutex_lock_interruptible (kernel/locking/mutex.c)',
    says: 'Takes the mutex; waits while a task holds it and no signal is pending. Holds if it was taken.',
    operands: [place('lock', ['mutex'], 'writes')],
    branches: true,
    lock: acquires('exclusive', ['exclusive']),
    wait: orSignal(UNTIL_FREE, 'any'),
    sleeps: true,
    raises: [],
    step: unlessLeft(isFree, lock),
  }),
  mutex_lock_killable: operation({
    kernel: 'mutex_lock_killable (kernel/locking/mutex.c)',
    says: 'Takes the mutex; waits while a task holds it and no fatal signal is pending. Holds if it was taken.',
    operands: [place('lock', ['mutex'], 'writes')],
    branches: true,
    lock: acquires('exclusive', ['exclusive']),
    wait: orSignal(UNTIL_FREE, 'fatal'),
    sleeps: true,
    raises: [],
    step: unlessLeft(isFree, lock),
  }),
  mutex_trylock: operation({
    kernel: 'mutex_trylock (kernel/locking/mutex.c)',
    says: 'Takes the mutex if no task holds it. Held, it is a source of lock-order edges like any other.',
    operands: [place('lock', ['mutex'], 'writes')],
    branches: true,
    lock: tries('exclusive', ['exclusive']),
    wait: 'never',
    sleeps: false,
    raises: [],
    step: trylock,
  }),
  mutex_unlock: operation({
    kernel: 'mutex_unlock (kernel/locking/mutex.c)',
    says: 'Gives the mutex back; only its owner may.',
    operands: [place('lock', ['mutex'], 'writes')],
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: unlock,
  }),
  mutex_unlock_two_step: operation({
    kernel: '__mutex_unlock_fast (kernel/locking/mutex.c)',
    says: 'Gives the mutex back, so that another may own it at once; only its owner may.',
    operands: [place('lock', ['mutex'], 'writes')],
    partOf: 'mutex_unlock_two_step',
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: unlock,
    text: ([lock = '']) => `mutex_unlock(${lock})`,
  }),
  mutex_unlock_slowpath: operation({
    kernel: '__mutex_unlock_slowpath (kernel/locking/mutex.c)',
    says: 'The unlocking task looks for waiters in the mutex, whoever owns it by now.',
    operands: [place('lock', ['mutex'], 'writes')],
    partOf: 'mutex_unlock_two_step',
    lock: 'none',
    wait: 'never',
    sleeps: false,
    raises: [],
    step: touch,
    text: ([lock = '']) => `__mutex_unlock_slowpath(${lock})`,
  }),
};
