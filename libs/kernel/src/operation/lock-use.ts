/**
 * What an operation does to a lock. One vocabulary for mutexes, spinlocks, semaphores, active references and workqueues
 * (a worker holds its queue while it runs an item), so that lock order, deadlocks, the partial-order reduction and the
 * lock events of a trace are read off the same words.
 */

/** How a lock is held: by one, by many at once, or by a writer that waits and so keeps new readers out. */
export const WAYS = ['exclusive', 'shared', 'awaited'] as const;
export type Way = (typeof WAYS)[number];

export interface LockUse {
  /** Index of the operand that names the lock, or the queue. */
  readonly operand: number;
  /** Held so from here on, where the operation leaves by `next`. */
  readonly takes: Way | 'nothing';
  readonly gives: Way | 'nothing';
  /** Held so by another, it keeps this one waiting, or, where it never waits, makes it leave by `alt`. */
  readonly blockedBy: readonly Way[];
  /** It waits only for those that held it so when an earlier step arrived: who takes it later does not keep it. */
  readonly snapshot?: true;
  /** A blocking acquire as lockdep sees it: an edge from every class held. */
  readonly ordered: boolean;
}

export const acquires = (takes: Way | 'nothing', blockedBy: readonly Way[]): LockUse => ({
  operand: 0,
  takes,
  gives: 'nothing',
  blockedBy,
  ordered: true,
});

/** Without waiting: makes no edge, and is a source of edges once held. */
export const tries = (takes: Way, blockedBy: readonly Way[]): LockUse => ({
  ...acquires(takes, blockedBy),
  ordered: false,
});

export const releases = (gives: Way): LockUse => ({
  operand: 0,
  takes: 'nothing',
  gives,
  blockedBy: [],
  ordered: false,
});
