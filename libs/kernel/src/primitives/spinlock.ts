/**
 * spinlock_t (kernel/locking/spinlock.c): excludes like a mutex, and its holder must not sleep. A sleeping operation
 * of a task that holds one does not block but reports sleep-in-atomic ("sleeping function called from invalid
 * context"); which operations sleep is said by each. Interrupts are not modelled, so spin_lock_irqsave is the same.
 */
import { fieldKind, ownerSlot } from '../operation/field-kind.js';
import { acquires, releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { isFree, lock, owner, trylock, unlock } from './support/owned.js';

export const kinds = {
  spinlock: fieldKind('spinlock_t', { slots: (_, sizes) => [ownerSlot('', sizes)], lock: 'spins' }),
};

export const operations = {
  spin_lock: operation({
    kernel: 'spin_lock (kernel/locking/spinlock.c)',
    says: 'Takes the spinlock; spins while a task holds it.',
    operands: [place('lock', ['spinlock'], 'writes')],
    lock: acquires('exclusive', ['exclusive']),
    wait: { until: isFree, holders: owner, endsBy: 'holders' },
    sleeps: false,
    raises: [],
    step: lock,
  }),
  spin_trylock: operation({
    kernel: 'spin_trylock (kernel/locking/spinlock.c)',
    says: 'Takes the spinlock if no task holds it.',
    operands: [place('lock', ['spinlock'], 'writes')],
    branches: true,
    lock: tries('exclusive', ['exclusive']),
    wait: 'never',
    sleeps: false,
    raises: [],
    step: trylock,
  }),
  spin_unlock: operation({
    kernel: 'spin_unlock (kernel/locking/spinlock.c)',
    says: 'Gives the spinlock back; only its owner may.',
    operands: [place('lock', ['spinlock'], 'writes')],
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: unlock,
  }),
};
