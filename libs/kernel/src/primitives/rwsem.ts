/**
 * struct rw_semaphore (kernel/locking/rwsem.c): readers share, a writer excludes, a waiting writer blocks new readers, also
 * one that reads already: reading twice is a deadlock once a writer waits. down_write is two steps, arrive (it now waits,
 * and blocks readers) and pass. Slots: writer's task number plus one, two masks of readers, mask of waiting writers.
 */
import { fieldKind, maskSlot, ownerSlot } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { acquires, releases } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { hold, holderSlots, letGo } from './support/counted-holders.js';
import { ownerMask, unlock } from './support/owned.js';

const READERS = 1;
const WAITING = 3;

export const kinds = {
  rwsem: fieldKind('struct rw_semaphore', {
    slots: (_, sizes) => [
      ownerSlot('.writer', sizes),
      ...holderSlots('.readers', sizes, 'shared'),
      maskSlot('.waiting', sizes, 'awaited'),
    ],
    lock: 'sleeps',
  }),
};

/** Slot of the semaphore, or FAILED where asking for it would be a memory error. */
const slotIfAlive = (m: Kernel, task: number, row: number): number =>
  m.dangling(task, row + Row.arg) ? Exit.failed : m.place(task, row + Row.arg);

function isReadable(m: Kernel, task: number, row: number): boolean {
  const slot = slotIfAlive(m, task, row);
  if (slot === Exit.failed) return true;
  return (m.state[slot] as number) === 0 && (m.state[slot + WAITING] as number) === 0;
}

function isWritable(m: Kernel, task: number, row: number): boolean {
  const slot = slotIfAlive(m, task, row);
  if (slot === Exit.failed) return true;
  return (m.state[slot] as number) === 0 && (m.state[slot + READERS] as number) === 0;
}

/** Who keeps a reader out: the writer, and writers that came before it. */
function blockingReader(m: Kernel, task: number, row: number): number {
  const slot = slotIfAlive(m, task, row);
  if (slot === Exit.failed) return 0;
  return ownerMask(m.state[slot] as number) | (m.state[slot + WAITING] as number);
}

function blockingWriter(m: Kernel, task: number, row: number): number {
  const slot = slotIfAlive(m, task, row);
  if (slot === Exit.failed) return 0;
  return ownerMask(m.state[slot] as number) | (m.state[slot + READERS] as number);
}

export const operations = {
  down_read: operation({
    kernel: 'down_read (kernel/locking/rwsem.c)',
    says: 'Takes the semaphore to read; waits while a writer holds it or waits for it.',
    operands: [place('lock', ['rwsem'], 'joins')],
    lock: acquires('shared', ['exclusive', 'awaited']),
    // Freeing the semaphore under a writer that waits ends the wait too: with a use-after-free.
    wait: { until: isReadable, holders: blockingReader, endsBy: 'anyone' },
    sleeps: true,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      hold(m, task, slot + READERS);
      return m.code[row + Row.next] as number;
    },
  }),
  up_read: operation({
    kernel: 'up_read (kernel/locking/rwsem.c)',
    says: 'Gives the semaphore back after reading.',
    operands: [place('lock', ['rwsem'], 'joins')],
    lock: releases('shared'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed || !letGo(m, task, slot + READERS)) return Exit.failed;
      return m.code[row + Row.next] as number;
    },
  }),
  down_write: operation({
    kernel: 'down_write (kernel/locking/rwsem.c)',
    says: 'A writer arrives: from here on no new reader passes.',
    operands: [place('lock', ['rwsem'], 'writes')],
    partOf: 'down_write',
    lock: { operand: 0, takes: 'awaited', gives: 'nothing', blockedBy: [], ordered: false },
    wait: 'never',
    sleeps: true,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(slot + WAITING, (m.state[slot + WAITING] as number) | (1 << task));
      return m.code[row + Row.next] as number;
    },
  }),
  down_write_wait: operation({
    kernel: 'down_write (kernel/locking/rwsem.c)',
    says: 'The writer that waits takes the semaphore; waits while anybody holds it.',
    operands: [place('lock', ['rwsem'], 'writes')],
    partOf: 'down_write',
    lock: { ...acquires('exclusive', ['exclusive', 'shared']), gives: 'awaited' },
    wait: { until: isWritable, holders: blockingWriter, endsBy: 'holders' },
    sleeps: false,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(slot, task + 1);
      m.set(slot + WAITING, (m.state[slot + WAITING] as number) & ~(1 << task));
      return m.code[row + Row.next] as number;
    },
  }),
  up_write: operation({
    kernel: 'up_write (kernel/locking/rwsem.c)',
    says: 'Gives the semaphore back after writing; only its owner may.',
    operands: [place('lock', ['rwsem'], 'writes')],
    lock: releases('exclusive'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: unlock,
  }),
};
