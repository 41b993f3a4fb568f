/**
 * Which locks a run takes and still holds, by the lock events of its steps. Edges (a lock taken or waited for while another is
 * held) follow from that; they are what a lock-order report is told from. What was taken without waiting orders nothing.
 */
import type { LockEvent, Trace } from '@lastref/kernel';
import { functionOf } from './names.js';

/** A place in the code at which a lock was taken or is waited for. */
export interface LockSite {
  readonly task: number;
  readonly lockClass: string;
  /** Number of the step, or undefined where the task is still blocked. */
  readonly step?: number;
  readonly text: string;
  readonly calls: readonly string[];
}

export interface HeldLock extends LockSite {
  /** Which one of the class. */
  readonly lock: string;
}

/** `acquired` was taken, or waited for, while `held` was held. */
export interface LockEdge {
  readonly held: LockSite;
  readonly acquired: LockSite;
}

export interface LockHistory {
  /** Locks held at the end, in the order they were taken. */
  readonly held: readonly HeldLock[];
  /** In the order in which they were made. */
  readonly edges: readonly LockEdge[];
}

export function lockHistory(trace: Trace): LockHistory {
  const held: HeldLock[] = [];
  const edges: LockEdge[] = [];
  const addEdges = (acquired: LockSite): void => {
    for (const other of held)
      if (other.task === acquired.task) edges.push({ held: other, acquired });
  };
  for (const { task, n, text, calls, locks } of trace.steps)
    for (const event of locks) {
      if (event.event === 'release') {
        const index = held.findIndex((lock) => isSame(lock, task, event));
        if (index >= 0) held.splice(index, 1);
        continue;
      }
      const { lockClass, lock } = event;
      const site = { task, lockClass, lock, step: n, text, calls };
      if (event.event === 'acquire') addEdges(site);
      held.push(site);
    }
  for (const { task, text, calls, wants } of trace.waiting)
    if (wants !== undefined) addEdges({ task, lockClass: wants, text, calls });
  return { held, edges };
}

const isSame = (held: HeldLock, task: number, { lockClass, lock }: LockEvent): boolean =>
  held.task === task && held.lockClass === lockClass && held.lock === lock;

/** `function (file)` that takes the lock. */
export const lockedAt = (site: LockSite): string => site.calls[0] ?? functionOf(site.text);
