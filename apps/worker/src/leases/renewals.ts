/** How the two kinds of leases are renewed: those of shards, and those of operations, which store how far they have come. */
import { type Queryable, renewLeases, renewOperations } from '@lastref/storage';
import type { Renew } from './lease-keeper.js';

export const renewingShards =
  (db: Queryable, worker: string, leaseMs: number): Renew =>
  async (moved) => {
    const held = moved.map(({ id, epoch }) => ({ shard: id, epoch }));
    const still = await renewLeases(db, worker, held, leaseMs);
    return still.map(({ shard, epoch }) => ({ id: shard, epoch }));
  };

export const renewingOperations =
  (db: Queryable, worker: string, leaseMs: number): Renew =>
  async (moved) => {
    const held = moved.map(({ id, epoch, done }) => ({ operation: id, epoch, progress: done }));
    const still = await renewOperations(db, worker, held, leaseMs);
    return still.map(({ operation, epoch }) => ({ id: operation, epoch }));
  };
