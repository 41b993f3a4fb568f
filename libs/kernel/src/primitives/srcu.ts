/**
 * SRCU (kernel/rcu/srcutree.c): domains of read sections that may sleep. A section has an index, so that two of one task
 * are told apart whatever the order in which they end; synchronize_srcu waits for those of its own domain that were under
 * way when it came. Readers are known, so waiting for one that waits for a lock of the waiting task is a deadlock; for lock
 * order a domain is a pseudo-lock, which readers take without being kept waiting (srcu_lock_acquire, srcu_lock_sync).
 * A domain that was not initialised has no counters to count readers in (null-deref). The memory behind it is a library's
 * to allocate and free: init_srcu_struct and cleanup_srcu_struct here say only whether that may be done.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { releases, tries } from '../operation/lock-use.js';
import { dst, place, value } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Row } from '../operation/row.js';
import { dereference } from './support/dereference.js';
import { arriving, AWAITS, gracePeriod, passing } from './support/grace-period.js';
import {
  behindSections,
  enter,
  isBusy,
  isIn,
  isReader,
  leave,
  SECTIONS,
  sectionSlots,
} from './support/read-sections.js';

const FILE = '(kernel/rcu/srcutree.c)';
const PLAIN = { wait: 'never', sleeps: false } as const;

export const kinds = {
  srcu: fieldKind('struct srcu_struct', {
    slots: (_, sizes) => [...sectionSlots(sizes), { suffix: '.ready', max: 1 }],
    lock: 'sleeps',
  }),
};

const isReady = (m: Kernel, slot: number): boolean =>
  (m.state[behindSections(m, slot)] as number) !== 0;

export const operations = {
  init_srcu_struct: operation({
    ...PLAIN,
    kernel: `init_srcu_struct ${FILE}`,
    says: 'From here on the domain can be used.',
    operands: [place('ssp', ['srcu'], 'writes')],
    lock: 'none',
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      m.set(behindSections(m, slot), 1);
      return m.code[row + Row.next] as number;
    },
  }),
  cleanup_srcu_struct: operation({
    kernel: `cleanup_srcu_struct ${FILE}`,
    says: 'Ends the use of the domain; holds if its memory may go. With readers or a grace period it is a warning.',
    operands: [place('ssp', ['srcu'], 'writes')],
    branches: true,
    wait: 'never',
    lock: 'none',
    sleeps: true,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if (isBusy(m, slot)) {
        m.edges.warn(m.pc, 'the srcu_struct is in use');
        return m.code[row + Row.alt] as number;
      }
      m.set(behindSections(m, slot), 0);
      return m.code[row + Row.next] as number;
    },
  }),
  srcu_read_lock: operation({
    ...PLAIN,
    kernel: `srcu_read_lock ${FILE}`,
    says: 'Begins a read section of the domain and gives its index. One never initialised is a NULL dereference.',
    operands: [dst('idx', { most: () => SECTIONS - 1 }), place('ssp', ['srcu'], 'joins')],
    lock: { ...tries('shared', []), operand: 1 },
    raises: ['null-deref'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg + 1);
      if (slot === Exit.failed) return Exit.failed;
      if (!isReady(m, slot)) {
        m.failure.nullDereference(m.pc, row + Row.arg + 1);
        return Exit.failed;
      }
      const section = isIn(m, slot, task, 0) ? 1 : 0;
      if (isIn(m, slot, task, section))
        throw new BoundExceeded('the read sections of one task in an srcu_struct', SECTIONS);
      enter(m, slot, task, section);
      m.set(m.local(task, row + Row.arg), section);
      return m.code[row + Row.next] as number;
    },
  }),
  srcu_read_unlock: operation({
    ...PLAIN,
    kernel: `srcu_read_unlock ${FILE}`,
    says: 'Ends the read section of that index.',
    operands: [place('ssp', ['srcu'], 'joins'), value('idx', 'nothing')],
    lock: releases('shared'),
    raises: ['bad-unlock'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const section = m.value(task, row + Row.arg + 2);
      if (section >= SECTIONS || !isIn(m, slot, task, section)) {
        m.failure.raise('bad-unlock', m.pc, m.pc);
        return Exit.failed;
      }
      leave(m, slot, task, section);
      return m.code[row + Row.next] as number;
    },
  }),
  synchronize_srcu: operation({
    kernel: `synchronize_srcu ${FILE}`,
    says: 'A grace period begins: notes the read sections under way. Inside of one it is illegal-synchronize.',
    operands: [place('ssp', ['srcu'], 'writes')],
    partOf: 'synchronize_srcu',
    wait: 'never',
    lock: 'none',
    sleeps: false,
    raises: ['illegal-synchronize'],
    step: arriving,
  }),
  synchronize_srcu_wait: operation({
    kernel: `__synchronize_srcu ${FILE}`,
    says: 'The grace period ends when those sections have.',
    operands: [place('ssp', ['srcu'], 'writes')],
    partOf: 'synchronize_srcu',
    wait: gracePeriod,
    lock: AWAITS,
    sleeps: true,
    raises: [],
    step: passing,
  }),
  srcu_dereference: operation({
    ...PLAIN,
    kernel: 'srcu_dereference (include/linux/srcu.h)',
    says: 'Reads a pointer that the domain protects; outside of its read sections it is reported.',
    operands: [
      dst('to', { like: 1 }),
      place('from', ['ptr'], 'reads'),
      place('ssp', ['srcu'], 'joins'),
    ],
    lock: 'none',
    raises: [],
    step: (m, task, row) =>
      dereference(m, task, row, (_, reader, slot) => isReader(m, slot, reader)),
  }),
};
