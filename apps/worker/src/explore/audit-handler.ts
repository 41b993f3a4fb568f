/**
 * From a wake-up to a compared result: a shard that somebody counted is run once more, for its digest alone. It is claimed when a
 * thread is free, after everything that waits to be run for the first time; where its first result came from this very process it
 * runs on a thread that explores nothing else.
 */
import {
  claimAudit,
  type ClaimedAudit,
  completeAudit,
  failAudit,
  isTransient,
  releaseAudit,
} from '@lastref/storage';
import type { Logger } from 'pino';
import type { LeaseKeeper } from '../leases/lease-keeper.js';
import type { Activity } from '../stall/activity.js';
import type { Answer } from '../threads/messages.js';
import { type RangeParts, runRange } from './run-range.js';
import type { Slots } from './slots.js';

export interface AuditParts extends RangeParts {
  leases: LeaseKeeper;
  activity: Activity;
  logger: Logger;
  worker: string;
  leaseMs: number;
  semantics: readonly number[];
}

export class AuditHandler {
  constructor(
    private readonly parts: AuditParts,
    private readonly slots: Slots,
  ) {}

  handle(shard: number): Promise<void> {
    return this.slots.use(async () => {
      const { db, worker, leaseMs, semantics, activity } = this.parts;
      const claim = await claimAudit(db, { shard, worker, leaseMs, semantics });
      activity.started();
      if (claim !== null) await this.audit(claim);
    });
  }

  private async audit(claim: ClaimedAudit): Promise<void> {
    const { db, worker, leases, activity } = this.parts;
    try {
      const aside = claim.place === 'another thread';
      const answer = await activity.during(runRange(this.parts, leases, claim, aside));
      await this.settle(claim, answer);
    } catch (error) {
      if (isTransient(error)) {
        await releaseAudit(db, worker, claim).catch(() => undefined);
        throw error;
      }
      const message = error instanceof Error ? error.message : String(error);
      await failAudit(db, worker, claim, message);
    }
  }

  private async settle(claim: ClaimedAudit, answer: Answer): Promise<void> {
    const { db, worker, logger } = this.parts;
    const { shard, epoch } = claim;
    switch (answer.kind) {
      case 'explored': {
        const outcome = await completeAudit(db, { shard, epoch, worker, result: answer.result });
        if (outcome === 'differs') logger.error({ shard }, 'a shard run again gave another result');
        return;
      }
      case 'cancelled':
        await releaseAudit(db, worker, claim);
        return;
      case 'failed':
      case 'refused':
        await failAudit(db, worker, claim, answer.message);
        return;
      case 'shrunk':
      case 'proved':
      case 'ordered':
        throw new Error(`a range was answered as ${answer.kind}`);
    }
  }
}
