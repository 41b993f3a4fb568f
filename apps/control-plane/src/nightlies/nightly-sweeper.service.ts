/**
 * What happens to nightlies by itself, every second, in every control plane at once: due times are decided on, one that waited
 * starts, late nights are announced, canaries judged, nights that ended compared with those before. Each step takes its row
 * with SKIP LOCKED and is one transaction, so whoever else sweeps does other rows, and a process that dies leaves nothing half done.
 */
import {
  type Database,
  judgeCanaries,
  listCanariesToJudge,
  listNightsToReview,
  markLateNights,
  reviewNight,
  startQueued,
  type Ticked,
  tickNightly,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DispatchBell } from '../dispatch/bell.js';
import { LOGGER } from '../http/logger.js';
import { DATABASE } from '../storage/storage.module.js';
import { CanaryStore } from './canaries/canary-store.js';
import { judgeCanaryParts } from './canaries/judge.js';
import { nightPlan } from './night-plan.js';

@Injectable()
export class NightlySweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly canaries: CanaryStore,
    private readonly bell: DispatchBell,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async sweep(): Promise<void> {
    await this.reviewEnded();
    await this.tickDue();
    await this.judgeCanaries();
    for (const late of await markLateNights(this.database)) {
      this.logger.warn(late, 'a night is late');
    }
  }

  private async tickDue(): Promise<void> {
    const plan = nightPlan(await this.canaries.stored());
    const steps = [
      () => startQueued(this.database, plan),
      () => tickNightly(this.database, plan),
    ] as const;
    for (const step of steps) {
      for (let ticked = await step(); ticked !== null; ticked = await step()) this.tell(ticked);
    }
  }

  private tell(ticked: Ticked): void {
    if (ticked.state === 'started') this.bell.ring();
    if (ticked.state === 'failed') this.logger.warn(ticked, 'a night did not start');
    else this.logger.info(ticked, 'a nightly was due');
  }

  private async judgeCanaries(): Promise<void> {
    for (const tick of await listCanariesToJudge(this.database)) {
      const trouble = await judgeCanaries(this.database, tick, judgeCanaryParts);
      if (trouble !== null) this.logger.error({ tick, ...trouble }, 'canaries');
    }
  }

  private async reviewEnded(): Promise<void> {
    for (const tick of await listNightsToReview(this.database)) {
      const reviewed = await reviewNight(this.database, tick);
      if (reviewed !== null) this.logger.info(reviewed, 'a night ended');
    }
  }
}
