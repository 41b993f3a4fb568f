/**
 * lockdep_is_held (include/linux/lockdep.h): whether a task holds the lock, alone or with other readers. The lock itself is
 * meant, not its class. A lock's first slot names its owner; where readers share it, the slot behind says who they are.
 */
import type { Kernel } from '../../operation/kernel.js';

const READERS = 1;

/** @param slot the first of the lock's */
export function holdsLock({ tables, state }: Kernel, task: number, slot: number): boolean {
  if ((state[slot] as number) === task + 1) return true;
  const { ownerSlots, ownerClass, holderSlots, holderClass } = tables;
  const shared = holderSlots.indexOf(slot + READERS);
  // The next slot may be another lock's, which then has another class.
  if (shared < 0 || holderClass[shared] !== ownerClass[ownerSlots.indexOf(slot)]) return false;
  return ((state[slot + READERS] as number) & (1 << task)) !== 0;
}
