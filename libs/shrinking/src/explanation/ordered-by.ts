/**
 * What orders two steps of a run, in words: the lock that both tasks hold at them, which lets no third between but leaves open who is
 * first; or, where the second could not be first, what it waits for.
 */
import { at, type Trace } from '@lastref/kernel';
import type { Pair } from './adjacent-pairs.js';
import { heldBefore } from './lock-steps.js';

/** @param fixed the second cannot come before the first */
export function orderedBy(trace: Trace, { first, second }: Pair, fixed: boolean): string | null {
  const [a, b] = [at(trace.steps, first), at(trace.steps, second)];
  if (fixed) {
    const released = a.locks.find(({ event }) => event === 'release');
    if (released !== undefined) return `${released.lock} is held until then`;
    return `${at(trace.tasks, b.task)} cannot go before`;
  }
  const held = heldBefore(trace, first, a.task);
  const both = heldBefore(trace, second, b.task).filter((lock) => held.includes(lock));
  return both.length === 0 ? null : `both hold ${both.join(', ')}, which leaves the order open`;
}
