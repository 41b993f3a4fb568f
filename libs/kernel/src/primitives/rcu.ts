/**
 * RCU (kernel/rcu/tree.c): read sections nest, to a depth of two, and who is in one must not sleep (sleep-in-atomic, the
 * kernel's "Illegal context switch in RCU read-side critical section"). synchronize_rcu waits for the sections that were
 * under way when it came, and not for later ones. There is one domain, a static of kind `rcu` that nobody declares. Waiting
 * for it makes no lock order, as in lockdep. Dereferencing a protected pointer outside of a section, or as an updater without
 * the lock that keeps other updaters out, is a report (suspicious-rcu), never a failure.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { releases, tries } from '../operation/lock-use.js';
import { dst, place, theOnly } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Row } from '../operation/row.js';
import { arriving, AWAITS, gracePeriod, passing } from './support/grace-period.js';
import { enter, isIn, leave, SECTIONS, sectionSlots } from './support/read-sections.js';
import { dereference } from './support/dereference.js';
import { holdsLock } from './support/holds-lock.js';

const OUTER = 0;
const INNER = 1;

const PLAIN = { wait: 'never', sleeps: false, raises: [] } as const;

export const kinds = {
  rcu: fieldKind('the RCU domain', {
    slots: (_, sizes) => sectionSlots(sizes),
    lock: 'spins',
  }),
};

const isInside = (m: Kernel, task: number, slot: number): boolean => isIn(m, slot, task, OUTER);

export const operations = {
  rcu_read_lock: operation({
    ...PLAIN,
    kernel: 'rcu_read_lock (include/linux/rcupdate.h)',
    says: 'Begins a read section, or one more inside it.',
    operands: [theOnly('rcu', 'joins')],
    lock: tries('shared', []),
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if (isIn(m, slot, task, INNER))
        throw new BoundExceeded('the depth of rcu_read_lock', SECTIONS);
      enter(m, slot, task, isIn(m, slot, task, OUTER) ? INNER : OUTER);
      return m.code[row + Row.next] as number;
    },
  }),
  rcu_read_unlock: operation({
    kernel: 'rcu_read_unlock (include/linux/rcupdate.h)',
    says: 'Ends a read section; grace periods wait for the outermost.',
    operands: [theOnly('rcu', 'joins')],
    lock: releases('shared'),
    wait: 'never',
    sleeps: false,
    raises: ['bad-unlock'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if (!isIn(m, slot, task, OUTER)) {
        m.failure.raise('bad-unlock', m.pc, m.pc);
        return Exit.failed;
      }
      leave(m, slot, task, isIn(m, slot, task, INNER) ? INNER : OUTER);
      return m.code[row + Row.next] as number;
    },
  }),
  synchronize_rcu: operation({
    kernel: 'synchronize_rcu (kernel/rcu/tree.c)',
    says: 'A grace period begins: notes the read sections under way. Inside of one it is illegal-synchronize.',
    operands: [theOnly('rcu', 'writes')],
    partOf: 'synchronize_rcu',
    wait: 'never',
    lock: 'none',
    sleeps: false,
    raises: ['illegal-synchronize'],
    step: arriving,
  }),
  synchronize_rcu_wait: operation({
    kernel: 'synchronize_rcu (kernel/rcu/tree.c)',
    says: 'The grace period ends when those sections have.',
    operands: [theOnly('rcu', 'writes')],
    partOf: 'synchronize_rcu',
    wait: gracePeriod,
    lock: { ...AWAITS, ordered: false },
    sleeps: true,
    raises: [],
    step: passing,
  }),
  rcu_dereference: operation({
    ...PLAIN,
    kernel: 'rcu_dereference (include/linux/rcupdate.h)',
    says: 'Reads a pointer that RCU protects; outside of a read section it is reported.',
    operands: [dst('to', { like: 1 }), place('from', ['ptr'], 'reads'), theOnly('rcu', 'joins')],
    lock: 'none',
    step: (m, task, row) => dereference(m, task, row, isInside),
  }),
  rcu_dereference_protected: operation({
    ...PLAIN,
    kernel: 'rcu_dereference_protected (include/linux/rcupdate.h), with lockdep_is_held',
    says: 'Reads a pointer as an updater, whom the lock protects; who does not hold it is reported.',
    operands: [
      dst('to', { like: 1 }),
      place('from', ['ptr'], 'reads'),
      place('lock', ['mutex', 'spinlock', 'rwsem', 'rwlock'], 'reads'),
    ],
    lock: 'none',
    step: (m, task, row) => dereference(m, task, row, holdsLock),
  }),
};
