/**
 * pthread_t (nptl/pthread_create.c, nptl/pthread_join_common.c). A task that stands for a thread begins by pthread_begin, which waits
 * until somebody created it, and ends by pthread_exit; the library's start_thread writes both. Who joins waits for the thread, so
 * that joining oneself, or one who joins back or waits for a lock of the joiner, is a deadlock. For lock order a thread is a
 * pseudo-lock that it holds itself from start to end. Joining a thread that nobody creates, or a second time, waits for ever;
 * creating one that was not joined is bound exceeded, as each is one task of the case.
 */
import { fieldKind } from '../operation/field-kind.js';
import { acquires, releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import {
  create,
  isIn,
  myself,
  nobody,
  runner,
  Thread,
  threadSlots,
  turn,
} from './support/threads.js';

const PLAIN = { sleeps: false } as const;

export const kinds = {
  pthread: fieldKind('pthread_t', { slots: (_, sizes) => threadSlots(sizes), lock: 'sleeps' }),
};

export const operations = {
  pthread_create: operation({
    ...PLAIN,
    kernel: 'pthread_create (nptl/pthread_create.c)',
    says: 'The thread may run from here on.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: 'never',
    lock: 'none',
    raises: [],
    step: create,
  }),
  pthread_begin: operation({
    ...PLAIN,
    kernel: 'start_thread (nptl/pthread_create.c)',
    says: 'The start of the task that is the thread: waits until it is created, if need be for ever.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: { until: isIn(Thread.created), holders: 'unknown', endsBy: 'anyone', external: true },
    lock: tries('exclusive', []),
    raises: [],
    step: turn(Thread.running, myself),
  }),
  pthread_exit: operation({
    ...PLAIN,
    kernel: 'pthread_exit (nptl/pthread_exit.c)',
    says: 'The end of the thread: it can be joined.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: 'never',
    lock: releases('exclusive'),
    raises: [],
    step: turn(Thread.exited, nobody),
  }),
  pthread_join: operation({
    ...PLAIN,
    kernel: 'pthread_join (nptl/pthread_join_common.c)',
    says: 'Waits until the thread has ended.',
    operands: [place('thread', ['pthread'], 'writes')],
    wait: { until: isIn(Thread.exited), holders: runner, endsBy: 'anyone' },
    lock: acquires('nothing', ['exclusive']),
    raises: [],
    step: turn(Thread.none, nobody),
  }),
};
