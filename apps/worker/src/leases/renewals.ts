/** How the three kinds of leases are renewed: those of shards, of audits, and of operations, which store how far they have come. */
import { type Queryable, renewAudits, renewLeases, renewOperations } from '@lastref/storage';
import type { Renew } from './lease-keeper.js';

export const renewingShards =
  (db: Queryable, worker: string, leaseMs: number): Renew =>
  async (moved) => {
    const held = moved.map(({ id, epoch }) => ({ shard: id, epoch }));
    const still = await renewLeases(db, worker, held, leaseMs);
    return still.map(({ shard, epoch }) => ({ id: shard, epoch }));
  };

export const renewingAudits =
  (db: Queryable, worker: string, leaseMs: number): Renew =>
  async (moved) => {
    const held = moved.map(({ id, epoch }) => ({ shard: id, epoch }));
    const still = await renewAudits(db, worker, held, leaseMs);
    return still.map(({ shard, epoch }) => ({ id: shard, epoch }));
  };

export const renewingOperations =
  (db: Queryable, worker: string, leaseMs: number): Renew =>
  async (moved) => {
    const held = moved.map(({ id, epoch, done }) => ({ operation: id, epoch, progress: done }));
    const still = await renewOperations(db, worker, held, leaseMs);
    return still.map(({ operation, epoch }) => ({ id: operation, epoch }));
  };
