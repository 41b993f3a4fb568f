/** Sweeps while the application runs; a sweep that fails is reported and tried again. */
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Ticker } from '../dispatch/ticker.js';
import { LOGGER } from '../http/logger.js';
import { NightlySweeper } from './nightly-sweeper.service.js';

@Injectable()
export class NightlyClock implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ticker: Ticker;

  constructor(
    sweeper: NightlySweeper,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.ticker = new Ticker(
      config.nightlyMs,
      () => sweeper.sweep(),
      (error) => {
        logger.warn({ err: error }, 'a sweep of nightlies failed; it will be tried again');
      },
    );
  }

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
  }
}
