/**
 * pthread_t (nptl/pthread_create.c, nptl/pthread_join_common.c). A task that stands for a thread begins by pthread_begin, which waits
 * until somebody created it, and ends by pthread_exit; the library's start_thread writes both. Who joins waits for the thread, so
 * that joining oneself, or one who joins back or waits for a lock of the joiner, is a deadlock. For lock order a thread is a
 * pseudo-lock that it holds itself from start to end. Joining a thread that nobody creates, or a second time, waits for ever;
 * creating one that was not joined is bound exceeded, as each is one task of the case. Slots: who runs it, and its state.
 */
import { fieldKind, ownerSlot } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { acquires, releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation, type Step } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Row } from '../operation/row.js';
import { ownerMask } from './support/owned.js';

const NONE = 0;
const CREATED = 1;
const RUNNING = 2;
const EXITED = 3;

const STATE = 1;

const PLAIN = { sleeps: false } as const;

export const kinds = {
  pthread: fieldKind('pthread_t', {
    slots: (_, sizes) => [ownerSlot('', sizes), { suffix: '.state', max: EXITED }],
    lock: 'sleeps',
  }),
};

const slotIfAlive = (m: Kernel, task: number, row: number): number =>
  m.dangling(task, row + Row.arg) ? Exit.failed : m.place(task, row + Row.arg);

const isIn =
  (state: number) =>
  (m: Kernel, task: number, row: number): boolean => {
    const slot = slotIfAlive(m, task, row);
    return slot === Exit.failed || (m.state[slot + STATE] as number) === state;
  };

/** The thread that is joined, once it runs. */
function joined(m: Kernel, task: number, row: number): number {
  const slot = slotIfAlive(m, task, row);
  return slot === Exit.failed ? 0 : ownerMask(m.state[slot] as number);
}

/** Turns the thread from one state into another, which it is in. */
const turn =
  (to: number, owner: (task: number) => number): Step =>
  (m, task, row) => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed) return Exit.failed;
    m.set(slot, owner(task));
    m.set(slot + STATE, to);
    return m.code[row + Row.next] as number;
  };

const nobody = (): number => 0;
const myself = (task: number): number => task + 1;

export const operations = {
  pthread_create: operation({
    ...PLAIN,
    kernel: 'pthread_create (nptl/pthread_create.c)',
    says: 'The thread may run from here on.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: 'never',
    lock: 'none',
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if ((m.state[slot + STATE] as number) !== NONE)
        throw new BoundExceeded(`threads of ${m.tables.layout.slots[slot]?.name ?? ''}`, 1);
      return turn(CREATED, nobody)(m, task, row, false);
    },
  }),
  pthread_begin: operation({
    ...PLAIN,
    kernel: 'start_thread (nptl/pthread_create.c)',
    says: 'The start of the task that is the thread: waits until it is created, if need be for ever.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: { until: isIn(CREATED), holders: 'unknown', endsBy: 'anyone', external: true },
    lock: tries('exclusive', []),
    raises: [],
    step: turn(RUNNING, myself),
  }),
  pthread_exit: operation({
    ...PLAIN,
    kernel: 'pthread_exit (nptl/pthread_exit.c)',
    says: 'The end of the thread: it can be joined.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: 'never',
    lock: releases('exclusive'),
    raises: [],
    step: turn(EXITED, nobody),
  }),
  pthread_join: operation({
    ...PLAIN,
    kernel: 'pthread_join (nptl/pthread_join_common.c)',
    says: 'Waits until the thread has ended.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: { until: isIn(EXITED), holders: joined, endsBy: 'anyone' },
    lock: acquires('nothing', ['exclusive']),
    raises: [],
    step: turn(NONE, nobody),
  }),
};
