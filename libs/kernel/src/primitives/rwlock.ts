/**
 * rwlock_t (kernel/locking/qrwlock.c): spinning, and queued as outside of interrupts: readers share, a writer excludes, and one
 * that waits keeps new readers out. Who holds it must not sleep. write_lock is two steps, arrive and pass.
 */
import { fieldKind } from '../operation/field-kind.js';
import { releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { unlock } from './support/owned.js';
import {
  arrive,
  ARRIVES,
  read,
  readersWriterSlots,
  reading,
  readNoMore,
  READS,
  TRIES_TO_READ,
  tryRead,
  tryWrite,
  write,
  WRITES,
  writing,
} from './support/readers-writer.js';

const FILE = '(kernel/locking/spinlock.c)';
const SPINS = { sleeps: false, raises: [] } as const;

export const kinds = {
  rwlock: fieldKind('rwlock_t', {
    slots: (_, sizes) => readersWriterSlots(sizes),
    lock: 'spins',
  }),
};

export const operations = {
  read_lock: operation({
    ...SPINS,
    kernel: `read_lock ${FILE}`,
    says: 'Takes the lock to read; spins while a writer holds it or waits for it.',
    operands: [place('lock', ['rwlock'], 'joins')],
    lock: READS,
    wait: reading,
    step: read,
  }),
  read_trylock: operation({
    ...SPINS,
    kernel: `read_trylock ${FILE}`,
    says: 'Takes the lock to read unless a writer holds it or waits for it.',
    operands: [place('lock', ['rwlock'], 'joins')],
    branches: true,
    lock: TRIES_TO_READ,
    wait: 'never',
    step: tryRead,
  }),
  read_unlock: operation({
    kernel: `read_unlock ${FILE}`,
    says: 'Gives the lock back after reading.',
    operands: [place('lock', ['rwlock'], 'joins')],
    lock: releases('shared'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: readNoMore,
  }),
  write_lock: operation({
    ...SPINS,
    kernel: `write_lock ${FILE}`,
    says: 'A writer arrives: from here on no new reader passes.',
    operands: [place('lock', ['rwlock'], 'writes')],
    partOf: 'write_lock',
    lock: ARRIVES,
    wait: 'never',
    step: arrive,
  }),
  write_lock_wait: operation({
    ...SPINS,
    kernel: `write_lock ${FILE}`,
    says: 'The writer that waits takes the lock; spins while anybody holds it.',
    operands: [place('lock', ['rwlock'], 'writes')],
    partOf: 'write_lock',
    lock: WRITES,
    wait: writing,
    step: write,
  }),
  write_trylock: operation({
    ...SPINS,
    kernel: `write_trylock ${FILE}`,
    says: 'Takes the lock to write if nobody holds it.',
    operands: [place('lock', ['rwlock'], 'writes')],
    branches: true,
    lock: tries('exclusive', ['exclusive', 'shared']),
    wait: 'never',
    step: tryWrite,
  }),
  write_unlock: operation({
    kernel: `write_unlock ${FILE}`,
    says: 'Gives the lock back after writing; only its owner may.',
    operands: [place('lock', ['rwlock'], 'writes')],
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: unlock,
  }),
};
