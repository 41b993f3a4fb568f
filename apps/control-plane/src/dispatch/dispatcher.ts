/**
 * Starts the duties of dispatch with the application and stops them before its connections close. Several
 * control planes may run at once: every duty is safe beside itself.
 */
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { LOGGER } from '../http/logger.js';
import { AuditRelay } from './audit-relay.service.js';
import { DispatchBell } from './bell.js';
import { CampaignCloser } from './campaign-closer.service.js';
import { Feeder } from './feeder.service.js';
import { OperationRelay } from './operation-relay.service.js';
import { closeQueues, DISPATCH_QUEUES, type DispatchQueues } from './queues.js';
import { Reconciler } from './reconciler.service.js';
import { RoundOpener } from './round-opener.service.js';
import { ShrinkRelay } from './shrink-relay.service.js';
import { Ticker } from './ticker.js';

/** How soon what has ended is noticed: nothing rings when a worker has counted the last shard. */
const SETTLE_MS = 100;

@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly tickers: readonly Ticker[];

  constructor(
    feeder: Feeder,
    relay: ShrinkRelay,
    audits: AuditRelay,
    operationRelay: OperationRelay,
    rounds: RoundOpener,
    closer: CampaignCloser,
    bell: DispatchBell,
    reconciler: Reconciler,
    @Inject(DISPATCH_QUEUES) private readonly queues: DispatchQueues,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) logger: Logger,
  ) {
    const ticker = (duty: string, everyMs: number, run: () => Promise<void>): Ticker =>
      new Ticker(everyMs, run, (error) => {
        logger.warn({ err: error, duty }, 'a duty of dispatch failed; it will be tried again');
      });
    const feed = ticker('feed', config.feedMs, () => feeder.feed());
    const operations = ticker('operations', config.feedMs, () => operationRelay.relay());
    bell.onRing(() => {
      feed.wake();
      operations.wake();
    });
    const settleMs = Math.min(config.feedMs, SETTLE_MS);
    this.tickers = [
      feed,
      operations,
      ticker('relay', config.feedMs, () => relay.relay()),
      ticker('audits', config.feedMs, () => audits.relay()),
      ticker('rounds', settleMs, async () => {
        if ((await rounds.advance()) > 0) feed.wake();
      }),
      ticker('close', settleMs, () => closer.close()),
      ticker('sweep', config.sweepMs, () => reconciler.sweep()),
      ticker('lost', config.sweepMs, () => reconciler.findLost()),
    ];
  }

  onApplicationBootstrap(): void {
    for (const ticker of this.tickers) ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.tickers.map((ticker) => ticker.stop()));
    await closeQueues(this.queues);
  }
}
