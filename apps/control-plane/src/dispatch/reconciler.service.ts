/**
 * Finds what got lost: leases that expired, and rows that have long been queued or sent without a job
 * (a process that died before adding it, a Redis that lost everything). All go back to where the feeder and the relay
 * take them again; what lost its lease is fed at once. The two are duties apart, because a Redis that is away is no reason to
 * leave expired leases alone. After a failure of its own connection to the database the sweep waits one lease, so that workers
 * that were cut off with it can renew first.
 */
import { performance } from 'node:perf_hooks';
import {
  type Database,
  listStaleAudits,
  listStaleDeliveries,
  listStaleOperations,
  listStaleShrinks,
  requeueAudits,
  requeueShards,
  resendOperations,
  resendShrinks,
  sweepAudits,
  sweepLeases,
  sweepOperations,
  type SweptShard,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { LOGGER } from '../http/logger.js';
import { DATABASE } from '../storage/storage.module.js';
import { DispatchBell } from './bell.js';
import { DISPATCH_QUEUES, type DispatchQueues } from './queues.js';

@Injectable()
export class Reconciler {
  private resumesAt = 0;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(DISPATCH_QUEUES) private readonly queues: DispatchQueues,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly bell: DispatchBell,
  ) {}

  async sweep(): Promise<void> {
    if (performance.now() < this.resumesAt) return;
    try {
      await this.sweepShards();
      await this.sweepAudits();
      await this.sweepOperations();
    } catch (error) {
      this.resumesAt = performance.now() + this.config.leaseMs;
      throw error;
    }
  }

  async findLost(): Promise<void> {
    await this.requeueLost();
    await this.requeueLostAudits();
    await this.resendLost();
    await this.resendOperations();
  }

  private async sweepShards(): Promise<void> {
    const swept = await sweepLeases(this.database);
    const inState = (state: SweptShard['state']): number[] =>
      swept.filter((shard) => shard.state === state).map((shard) => shard.id);
    const [pending, quarantined] = [inState('pending'), inState('quarantined')];
    if (pending.length > 0) {
      this.logger.info({ shards: pending }, 'leases expired');
      this.bell.ring();
    }
    if (quarantined.length > 0) {
      this.logger.warn({ shards: quarantined }, 'too many leases expired: quarantined');
    }
  }

  private async sweepAudits(): Promise<void> {
    const audits = await sweepAudits(this.database);
    if (audits.length > 0) this.logger.info({ audits }, 'leases of audits expired');
  }

  private async requeueLostAudits(): Promise<void> {
    const stale = await listStaleAudits(this.database, this.config.requeueMs);
    const lost = await this.queues.audits.lost(stale);
    if (lost.length === 0) return;
    const audits = await requeueAudits(this.database, lost);
    this.logger.info({ audits }, 'queued audits had no job');
  }

  private async requeueLost(): Promise<void> {
    const stale = await listStaleDeliveries(this.database, this.config.requeueMs);
    const lost = await this.queues.shards.lost(stale);
    if (lost.length === 0) return;
    const shards = await requeueShards(this.database, lost);
    this.logger.info({ shards }, 'queued shards had no job');
  }

  private async resendLost(): Promise<void> {
    const stale = await listStaleShrinks(this.database, this.config.requeueMs);
    const lost = await this.queues.shrinks.lost(stale);
    if (lost.length === 0) return;
    const shrinks = await resendShrinks(this.database, lost);
    this.logger.info({ shrinks }, 'shrinks had no job');
  }

  private async sweepOperations(): Promise<void> {
    const swept = await sweepOperations(this.database);
    if (swept.length === 0) return;
    this.logger.info({ operations: swept }, 'leases of operations expired');
    this.bell.ring();
  }

  private async resendOperations(): Promise<void> {
    const stale = await listStaleOperations(this.database, this.config.requeueMs);
    const lost = await this.queues.operations.lost(stale);
    if (lost.length === 0) return;
    const operations = await resendOperations(this.database, lost);
    this.logger.info({ operations }, 'operations had no job');
  }
}
