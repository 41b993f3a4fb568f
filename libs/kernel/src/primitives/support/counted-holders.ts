/**
 * Tasks that hold something in common, each of them once or twice, as two masks: who holds it, and who holds it a second
 * time. What readers of a semaphore and active references share. A third time is `bound exceeded`.
 */
import { maskSlot, type FieldSlot, type Sizes } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import type { Way } from '../../operation/lock-use.js';
import { BoundExceeded } from '../../operation/outcome.js';

const DEEPEST = 2;

/** The two slots, one behind the other. */
export const holderSlots = (suffix: string, sizes: Sizes, way: Way): readonly FieldSlot[] => [
  maskSlot(suffix, sizes, way),
  maskSlot(`${suffix}.again`, sizes),
];

/** @param slot of the first mask */
export function hold(m: Kernel, task: number, slot: number): void {
  const bit = 1 << task;
  const [once, twice] = [m.state[slot] as number, m.state[slot + 1] as number];
  if ((once & bit) === 0) m.set(slot, once | bit);
  else if ((twice & bit) === 0) m.set(slot + 1, twice | bit);
  else {
    const name = m.tables.layout.slots[slot]?.name ?? '';
    throw new BoundExceeded(`the times that one task holds ${name}`, DEEPEST);
  }
}

/** @returns false, after the detector spoke, if the task does not hold it */
export function letGo(m: Kernel, task: number, slot: number): boolean {
  const bit = 1 << task;
  const [once, twice] = [m.state[slot] as number, m.state[slot + 1] as number];
  if ((twice & bit) !== 0) m.set(slot + 1, twice & ~bit);
  else if ((once & bit) !== 0) m.set(slot, once & ~bit);
  else {
    m.failure.raise('bad-unlock', m.pc, m.pc);
    return false;
  }
  return true;
}
