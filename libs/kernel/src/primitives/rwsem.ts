/**
 * struct rw_semaphore (kernel/locking/rwsem.c): readers share, a writer excludes, a waiting writer blocks new readers.
 * down_write is two steps, arrive (it now waits, and blocks readers) and pass.
 */
import { fieldKind } from '../operation/field-kind.js';
import { releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { unlock } from './support/owned.js';
import {
  arrive,
  ARRIVES,
  downgrade,
  DOWNGRADES,
  giveUp,
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
import { orSignal, unlessLeft } from './support/signals.js';

const FILE = '(kernel/locking/rwsem.c)';
const NO_WAIT = { wait: 'never', sleeps: false } as const;

export const kinds = {
  rwsem: fieldKind('struct rw_semaphore', {
    slots: (_, sizes) => readersWriterSlots(sizes),
    lock: 'sleeps',
  }),
};

export const operations = {
  down_read: operation({
    kernel: `down_read ${FILE}`,
    says: 'Takes the semaphore to read; waits while a writer holds it or waits for it.',
    operands: [place('lock', ['rwsem'], 'joins')],
    lock: READS,
    wait: reading,
    sleeps: true,
    raises: [],
    step: read,
  }),
  down_read_interruptible: operation({
    kernel: `down_read_interruptible ${FILE}`,
    says: 'The same, while no signal is pending. Holds if it was taken.',
    operands: [place('lock', ['rwsem'], 'joins')],
    branches: true,
    lock: READS,
    wait: orSignal(reading, 'any'),
    sleeps: true,
    raises: [],
    step: unlessLeft(reading.until, read),
  }),
  down_read_killable: operation({
    kernel: `down_read_killable ${FILE}`,
    says: 'The same, while no fatal signal is pending. Holds if it was taken.',
    operands: [place('lock', ['rwsem'], 'joins')],
    branches: true,
    lock: READS,
    wait: orSignal(reading, 'fatal'),
    sleeps: true,
    raises: [],
    step: unlessLeft(reading.until, read),
  }),
  down_read_trylock: operation({
    ...NO_WAIT,
    kernel: `down_read_trylock ${FILE}`,
    says: 'Takes the semaphore to read unless a writer holds it or waits for it.',
    operands: [place('lock', ['rwsem'], 'joins')],
    branches: true,
    lock: TRIES_TO_READ,
    raises: [],
    step: tryRead,
  }),
  up_read: operation({
    ...NO_WAIT,
    kernel: `up_read ${FILE}`,
    says: 'Gives the semaphore back after reading.',
    operands: [place('lock', ['rwsem'], 'joins')],
    lock: releases('shared'),
    raises: ['bad-unlock'],
    step: readNoMore,
  }),
  down_write: operation({
    kernel: `down_write ${FILE}`,
    says: 'A writer arrives: from here on no new reader passes.',
    operands: [place('lock', ['rwsem'], 'writes')],
    partOf: 'down_write',
    lock: ARRIVES,
    wait: 'never',
    sleeps: true,
    raises: [],
    step: arrive,
  }),
  down_write_wait: operation({
    kernel: `down_write ${FILE}`,
    says: 'The writer that waits takes the semaphore; waits while anybody holds it.',
    operands: [place('lock', ['rwsem'], 'writes')],
    partOf: 'down_write',
    lock: WRITES,
    wait: writing,
    sleeps: false,
    raises: [],
    step: write,
  }),
  down_write_killable: operation({
    kernel: `down_write_killable ${FILE}`,
    says: 'A writer arrives: from here on no new reader passes.',
    operands: [place('lock', ['rwsem'], 'writes')],
    partOf: 'down_write_killable',
    lock: ARRIVES,
    wait: 'never',
    sleeps: true,
    raises: [],
    step: arrive,
  }),
  down_write_killable_wait: operation({
    kernel: `down_write_killable ${FILE}`,
    says: 'The writer that waits takes the semaphore; or it waits no longer, if a fatal signal is pending. Holds if it was taken.',
    operands: [place('lock', ['rwsem'], 'writes')],
    partOf: 'down_write_killable',
    branches: true,
    lock: WRITES,
    wait: orSignal(writing, 'fatal'),
    sleeps: false,
    raises: [],
    step: (m, task, row) =>
      writing.until(m, task, row) ? write(m, task, row, false) : giveUp(m, task, row, false),
  }),
  down_write_trylock: operation({
    ...NO_WAIT,
    kernel: `down_write_trylock ${FILE}`,
    says: 'Takes the semaphore to write if nobody holds it.',
    operands: [place('lock', ['rwsem'], 'writes')],
    branches: true,
    lock: tries('exclusive', ['exclusive', 'shared']),
    raises: [],
    step: tryWrite,
  }),
  downgrade_write: operation({
    ...NO_WAIT,
    kernel: `downgrade_write ${FILE}`,
    says: 'The writer goes on as a reader: other readers may pass, no writer was in between.',
    operands: [place('lock', ['rwsem'], 'writes')],
    lock: DOWNGRADES,
    raises: ['bad-unlock'],
    step: downgrade,
  }),
  up_write: operation({
    ...NO_WAIT,
    kernel: `up_write ${FILE}`,
    says: 'Gives the semaphore back after writing; only its owner may.',
    operands: [place('lock', ['rwsem'], 'writes')],
    lock: releases('exclusive'),
    raises: ['bad-unlock'],
    step: unlock,
  }),
};
