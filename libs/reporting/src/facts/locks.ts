/**
 * Which locks a run takes and still holds, read off the trace: an acquiring line whose lock goes from free to owned,
 * a releasing line whose lock goes back. Edges (a lock taken or waited for while another is held) follow from that;
 * they are what a lock-order report is told from.
 */
import type { Trace, TraceStep } from '@lastref/kernel';
import { classOf, functionOf, isLocal, operandOf } from './names.js';

/** A place in the code at which a lock was taken or is waited for. */
export interface LockSite {
  readonly task: number;
  readonly lockClass: string;
  /** Number of the step, or undefined where the task is still blocked. */
  readonly step?: number;
  readonly text: string;
  readonly calls: readonly string[];
}

/** `acquired` was taken, or waited for, while `held` was held. */
export interface LockEdge {
  readonly held: LockSite;
  readonly acquired: LockSite;
}

export interface LockHistory {
  /** Locks held at the end, in the order they were taken. */
  readonly held: readonly LockSite[];
  /** In the order in which they were made. */
  readonly edges: readonly LockEdge[];
}

interface HeldLock extends LockSite {
  readonly slot: string;
}

/** Lines that take a lock when they are executed; a down_write only once its wait has passed. */
const ACQUIRES =
  /^(?:mutex_lock|mutex_trylock|spin_lock|down_read|down_write_wait|kernfs_get_active)\(/;
const RELEASES = /^(?:mutex_unlock|spin_unlock|up_read|up_write|kernfs_put_active)\(/;

/** A lock of several slots: who writes, who reads, who is active. */
const PART = /\.(?:writer|readers|active)$/;

export function lockHistory(trace: Trace): LockHistory {
  const held: HeldLock[] = [];
  const edges: LockEdge[] = [];
  const addEdges = (acquired: LockSite): void => {
    for (const other of held)
      if (other.task === acquired.task) edges.push({ held: other, acquired });
  };
  for (const step of trace.steps) {
    const slot = lockSlot(trace, step);
    if (slot === undefined) continue;
    if (RELEASES.test(step.text)) {
      const index = held.findIndex((lock) => lock.slot === slot && lock.task === step.task);
      if (index >= 0) held.splice(index, 1);
      continue;
    }
    const { task, n, text, calls } = step;
    const lock = { task, lockClass: classOf(slot.replace(PART, '')), step: n, text, calls, slot };
    addEdges(lock);
    held.push(lock);
  }
  for (const { task, text, calls, resource } of trace.waiting)
    if (ACQUIRES.test(text)) addEdges({ task, lockClass: resource, text, calls });
  return { held, edges };
}

/** The slot of the lock that the step takes or releases. */
function lockSlot(trace: Trace, step: TraceStep): string | undefined {
  const acquires = ACQUIRES.test(step.text);
  if (!acquires && !RELEASES.test(step.text)) return undefined;
  const name = operandOf(step.text);
  const change = step.changes.find(({ name: slot }) => {
    const lock = slot.replace(PART, '');
    return !isLocal(trace, slot) && (lock === name || lock.endsWith(`.${name}`));
  });
  return change?.name;
}

/** `function (file)` that takes the lock. */
export const lockedAt = (site: LockSite): string => site.calls[0] ?? functionOf(site.text);
