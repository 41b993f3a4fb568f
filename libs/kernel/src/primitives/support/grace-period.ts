/**
 * Waiting for a grace period is two steps: arrive, which notes the read sections under way, and pass, when those have ended.
 * What synchronize_rcu and synchronize_srcu share. Inside a section of the same domain it would wait for itself: that is
 * illegal-synchronize, before anything waits.
 */
import { acquires, type LockUse } from '../../operation/lock-use.js';
import type { Step, Wait } from '../../operation/operation.js';
import { Exit, Row } from '../../operation/row.js';
import { arrive, awaited, havePassed, isReader, pass } from './read-sections.js';

export const arriving: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if (isReader(m, slot, task)) {
    m.failure.raise('illegal-synchronize', m.pc, m.pc);
    return Exit.failed;
  }
  arrive(m, slot, task);
  return m.code[row + Row.next] as number;
};

export const passing: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  pass(m, slot, task);
  return m.code[row + Row.next] as number;
};

export const gracePeriod: Wait = { until: havePassed, holders: awaited, endsBy: 'holders' };

export const AWAITS: LockUse = { ...acquires('nothing', ['shared']), snapshot: true };
