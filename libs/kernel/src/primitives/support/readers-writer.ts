/**
 * Locks that readers share and a writer has alone, where a writer that waits blocks new readers, also one that reads already:
 * reading twice is a deadlock once a writer waits. What semaphores and queued rwlocks share. Slots: writer's task number plus
 * one, two masks of readers, mask of waiting writers.
 */
import { maskSlot, ownerSlot, type FieldSlot, type Sizes } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import { acquires, releases, tries, type LockUse } from '../../operation/lock-use.js';
import type { Step, Wait } from '../../operation/operation.js';
import { Exit, Row } from '../../operation/row.js';
import { hold, holderSlots, letGo } from './counted-holders.js';
import { ownerMask } from './owned.js';

const READERS = 1;
const WAITING = 3;

export const readersWriterSlots = (sizes: Sizes): readonly FieldSlot[] => [
  ownerSlot('.writer', sizes),
  ...holderSlots('.readers', sizes, 'shared'),
  maskSlot('.waiting', sizes, 'awaited'),
];

/** Slot of the lock, or FAILED where asking for it would be a memory error. */
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

/** Freeing the lock under a writer that waits ends a reader's wait too: with a use-after-free. */
export const reading: Wait = { until: isReadable, holders: blockingReader, endsBy: 'anyone' };
export const writing: Wait = { until: isWritable, holders: blockingWriter, endsBy: 'holders' };

export const READS: LockUse = acquires('shared', ['exclusive', 'awaited']);
export const ARRIVES: LockUse = { ...acquires('awaited', []), ordered: false };
export const TRIES_TO_READ: LockUse = tries('shared', ['exclusive', 'awaited']);
export const DOWNGRADES: LockUse = { ...releases('exclusive'), takes: 'shared' };
export const WRITES: LockUse = {
  ...acquires('exclusive', ['exclusive', 'shared']),
  gives: 'awaited',
};

export const read: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  hold(m, task, slot + READERS);
  return m.code[row + Row.next] as number;
};

export const readNoMore: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed || !letGo(m, task, slot + READERS)) return Exit.failed;
  return m.code[row + Row.next] as number;
};

/** From here on no new reader passes. */
export const arrive: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot + WAITING, (m.state[slot + WAITING] as number) | (1 << task));
  return m.code[row + Row.next] as number;
};

/** The writer that waits takes the lock. */
export const write: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot, task + 1);
  m.set(slot + WAITING, (m.state[slot + WAITING] as number) & ~(1 << task));
  return m.code[row + Row.next] as number;
};

/** The writer waits no longer: readers may pass again. */
export const giveUp: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot + WAITING, (m.state[slot + WAITING] as number) & ~(1 << task));
  return m.code[row + Row.alt] as number;
};

/** Takes the lock to write, or leaves by `alt` if anybody holds it. */
export const tryWrite: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if (!isWritable(m, task, row)) return m.code[row + Row.alt] as number;
  m.set(slot, task + 1);
  return m.code[row + Row.next] as number;
};

/** Takes the lock to read, or leaves by `alt` if a writer holds it or waits for it. */
export const tryRead: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if (!isReadable(m, task, row)) return m.code[row + Row.alt] as number;
  hold(m, task, slot + READERS);
  return m.code[row + Row.next] as number;
};

/** The writer becomes a reader, without letting another writer in between. */
export const downgrade: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot] as number) !== task + 1) {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot, 0);
  hold(m, task, slot + READERS);
  return m.code[row + Row.next] as number;
};
