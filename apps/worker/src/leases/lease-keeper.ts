/**
 * Renews the leases of one kind that this process holds (shards, operations), all in one statement every third of a lease,
 * and only those whose thread has made progress since the last time: a thread that hangs loses its shard to somebody else. A lease
 * that does not come back is gone, and its run is told to stop. Failing to reach the database is no reason to
 * stop: the first result is counted whatever happened to its lease.
 */
import { RENEWALS_PER_LEASE } from '@lastref/queue';
import type { Control } from '../threads/control.js';

/** One lease of a row. */
export interface Lease {
  id: number;
  epoch: number;
}

/** Renews those that made progress, `done` is how much by now; answers those that are still held. */
export type Renew = (moved: readonly (Lease & { done: number })[]) => Promise<readonly Lease[]>;

interface Held extends Lease {
  control: Control;
  renewedAt: number;
}

/** One process may run a row twice: under a lease it has lost, and under the one it took after it. */
const keyOf = ({ id, epoch }: Lease): string => `${id}/${epoch}`;

export class LeaseKeeper {
  private readonly held = new Map<string, Held>();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly renewAll: Renew,
    private readonly leaseMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.renew().catch(this.onError);
    }, this.leaseMs / RENEWALS_PER_LEASE);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  hold({ id, epoch }: Lease, control: Control): void {
    if (this.stopping) control.cancel();
    this.held.set(keyOf({ id, epoch }), { id, epoch, control, renewedAt: control.done });
  }

  drop(lease: Lease): void {
    this.held.delete(keyOf(lease));
  }

  /** Tells every run to stop, those to come included. */
  cancelAll(): void {
    this.stopping = true;
    for (const { control } of this.held.values()) control.cancel();
  }

  async renew(): Promise<void> {
    const moved = [...this.held.values()].filter((lease) => lease.control.done !== lease.renewedAt);
    if (moved.length === 0) return;
    for (const lease of moved) lease.renewedAt = lease.control.done;
    const done = moved.map(({ id, epoch, control }) => ({ id, epoch, done: control.done }));
    const renewed = await this.renewAll(done);
    const still = new Set(renewed.map(keyOf));
    for (const lease of moved) if (!still.has(keyOf(lease))) lease.control.cancel();
  }
}
