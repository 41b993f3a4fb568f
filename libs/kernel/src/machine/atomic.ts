/** In words, why a task must not sleep where it stands: what it holds, or what it runs in. */
import { at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { ATOMIC, atomicContext, inInterrupt } from '../primitives/support/contexts.js';
import { spinningHeld } from './waiting.js';

/** undefined: it may sleep. */
export function whyAtomic(m: Kernel, task: number): string | undefined {
  const held = spinningHeld(m, task);
  if (held !== 0) return at(m.tables.lockClasses, 31 - Math.clz32(held & -held)).name;
  const context = atomicContext(m, task);
  if (context >= 0) return at(ATOMIC, context);
  return inInterrupt(m, task) ? 'softirq' : undefined;
}
