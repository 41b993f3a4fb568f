/**
 * From a wake-up to a counted result: claim, run, complete. A shard is claimed when a thread is free for it, and counted
 * while that thread already runs the next one. The job is acknowledged whatever the domain says
 * (somebody else has the shard, the campaign was cancelled, the thread failed and that was recorded); only a failure
 * of the infrastructure is thrown, and the job comes again.
 */
import type { ShardJob } from '@lastref/contracts';
import {
  claimShard,
  type ClaimedShard,
  completeShard,
  type Failpoints,
  failShard,
  isTransient,
  releaseShard,
} from '@lastref/storage';
import type { Span, Tracing } from '@lastref/tracing';
import type { Logger } from 'pino';
import type { LeaseKeeper } from '../leases/lease-keeper.js';
import type { Activity } from '../stall/activity.js';
import type { Answer } from '../threads/messages.js';
import { AuditHandler } from './audit-handler.js';
import type { Occupancy } from './occupancy.js';
import { type RangeParts, runRange } from './run-range.js';
import { Slots } from './slots.js';
import { wrongResult } from './wrong-result.js';

export interface ExploreParts extends RangeParts {
  leases: LeaseKeeper;
  auditLeases: LeaseKeeper;
  /** The share of all shards that is run again elsewhere, from 0 to 1. */
  audited: number;
  occupancy: Occupancy;
  failpoints: Failpoints;
  logger: Logger;
  tracing: Tracing;
  activity: Activity;
  worker: string;
  leaseMs: number;
  semantics: readonly number[];
  threads: number;
}

/** What came of a lease: an answer, or an error on the way to one. */
type Run = { claim: ClaimedShard } & ({ answer: Answer } | { error: unknown });

export class ExploreHandler {
  private readonly slots: Slots;
  private readonly audits: AuditHandler;

  constructor(private readonly parts: ExploreParts) {
    this.slots = new Slots(parts.threads);
    this.audits = new AuditHandler({ ...parts, leases: parts.auditLeases }, this.slots);
  }

  /** One span for each delivery, in the trace of the request that its campaign began with. */
  handle(job: ShardJob): Promise<void> {
    const { shard, address, traceParent } = job;
    const attributes = {
      'lastref.shard': shard,
      'lastref.program': address,
      'lastref.worker': this.parts.worker,
    };
    const options = { kind: 'consumer', parent: traceParent ?? undefined, attributes } as const;
    return this.parts.tracing.span('shard', options, (span) => this.work(job, span));
  }

  private async work({ shard, alone, again, audit }: ShardJob, span: Span): Promise<void> {
    const { occupancy } = this.parts;
    if (audit) {
      await occupancy.beside(() => this.audits.handle(shard));
      return;
    }
    const run = alone
      ? await occupancy.alone(() => this.claimAndRun(shard, alone))
      : await occupancy.beside(() => this.slots.use(() => this.claimAndRun(shard, alone), again));
    span.add({ 'lastref.claimed': run !== null });
    if (run === null) return;
    const { claim } = run;
    span.add({ 'lastref.campaign': claim.campaign, 'lastref.epoch': claim.epoch });
    try {
      if ('error' in run) throw run.error;
      await this.settle(claim, run.answer);
    } catch (error) {
      await this.giveUp(claim, error);
    }
  }

  private async claimAndRun(shard: number, alone: boolean): Promise<Run | null> {
    const { db, worker, leaseMs, semantics, failpoints, tracing, activity, logger } = this.parts;
    const claim = await tracing.span('claim', {}, () =>
      claimShard(db, { shard, worker, leaseMs, semantics, alone }),
    );
    activity.started();
    if (claim === null) {
      logger.debug({ shard }, 'a shard was not to be had');
      return null;
    }
    logger.debug(idsOf(claim), 'a shard begins');
    failpoints.crash('worker-after-claim');
    try {
      return { claim, answer: await tracing.span('explore', {}, () => this.run(claim)) };
    } catch (error) {
      return { claim, error };
    }
  }

  private async run(claim: ClaimedShard): Promise<Answer> {
    const { leases, failpoints, activity } = this.parts;
    const answer = await activity.during(runRange(this.parts, leases, claim));
    return failpoints.take('worker-wrong-result') ? wrongResult(answer) : answer;
  }

  private async settle(claim: ClaimedShard, answer: Answer): Promise<void> {
    const { db, worker, failpoints, logger, audited, tracing } = this.parts;
    const { shard, epoch } = claim;
    switch (answer.kind) {
      case 'explored': {
        const completion = { shard, epoch, worker, result: answer.result };
        const outcome = await tracing.span('complete', {}, () =>
          completeShard(db, completion, failpoints, audited),
        );
        failpoints.crash('worker-after-commit');
        if (outcome === 'incident') logger.error(idsOf(claim), 'two results of a shard differ');
        else logger.debug({ ...idsOf(claim), outcome }, 'a shard was run');
        return;
      }
      case 'cancelled':
        await releaseShard(db, worker, claim);
        return;
      case 'failed':
      case 'refused':
        await this.fail(claim, answer.message);
        return;
      case 'shrunk':
      case 'proved':
      case 'ordered':
        throw new Error(`a range was answered with ${answer.kind}`);
    }
  }

  /** A database that is away is no fault of the shard: its lease is given back if it can be. */
  private async giveUp(claim: ClaimedShard, error: unknown): Promise<void> {
    const { db, worker } = this.parts;
    if (isTransient(error)) {
      await releaseShard(db, worker, claim).catch(() => undefined);
      throw error;
    }
    await this.fail(claim, error instanceof Error ? error.message : String(error));
  }

  private async fail(claim: ClaimedShard, message: string): Promise<void> {
    const { db, worker, logger } = this.parts;
    const state = await failShard(db, worker, claim, message);
    logger.warn({ ...idsOf(claim), state, message }, 'a shard failed');
  }
}

/** By which the lines of the log about one lease are found. */
const idsOf = ({
  campaign,
  shard,
  epoch,
}: ClaimedShard): Pick<ClaimedShard, 'campaign' | 'shard' | 'epoch'> => ({
  campaign,
  shard,
  epoch,
});
