/**
 * Sends what is due, straight from the table: the row is the truth, so nothing depends on Redis, and a pause of hours survives
 * any restart. Every control plane does it; taking a message keeps others from it for longer than a request can last. At least
 * once: a process that ends between posting and noting sends again, with the same id.
 */
import { performance } from 'node:perf_hooks';
import {
  type Database,
  type Failpoints,
  markDelivered,
  markUndelivered,
  returnNotification,
  takeNotifications,
  type TakenNotification,
} from '@lastref/storage';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { DISPATCH_FAILPOINTS } from '../dispatch/failpoints.js';
import { Ticker } from '../dispatch/ticker.js';
import { LOGGER } from '../http/logger.js';
import { DATABASE } from '../storage/storage.module.js';
import { EventFinder } from './event-finder.service.js';
import { NOTIFY_TICK_MS, STOP_GRACE_MS } from './limits.js';
import { writeMessage } from './message.js';
import { parcelOf } from './parcel.js';
import { post } from './post.js';

@Injectable()
export class NotificationSender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Endpoints whose messages are in hand. */
  private readonly busy = new Map<number, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly ticker: Ticker;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(DISPATCH_FAILPOINTS) private readonly failpoints: Failpoints,
    private readonly events: EventFinder,
  ) {
    const everyMs = Math.min(NOTIFY_TICK_MS, config.sweepMs);
    this.ticker = new Ticker(
      everyMs,
      () => this.send(),
      (error) => {
        this.logger.warn({ err: error }, 'notifications could not be read; tried again');
      },
    );
  }

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
    const grace = setTimeout(() => {
      this.stopping.abort();
    }, STOP_GRACE_MS);
    await Promise.all(this.busy.values());
    clearTimeout(grace);
  }

  private async send(): Promise<void> {
    const taken = await takeNotifications(this.database, [...this.busy.keys()]);
    for (const [endpoint, messages] of byEndpoint(taken)) {
      const sending = Promise.all(messages.map((message) => this.sendOne(message))).then(() => {
        this.busy.delete(endpoint);
        this.ticker.wake();
      });
      this.busy.set(endpoint, sending);
    }
  }

  /** Never rejects: what could not be noted is due again when its lease ends. */
  private async sendOne(taken: TakenNotification): Promise<void> {
    try {
      await this.attempt(taken);
    } catch (error) {
      this.logger.warn({ err: error, notification: taken.id }, 'a notification was not settled');
    }
  }

  private async attempt(taken: TakenNotification): Promise<void> {
    const { id, attempt, name } = taken;
    const message = writeMessage(await this.events.find(taken), this.config.publicUrl);
    const from = performance.now();
    const posted = await post(parcelOf(taken, message, new Date()), this.stopping.signal);
    this.failpoints.crash('notify-before-mark');
    if (posted.ok) {
      await markDelivered(this.database, id);
      const elapsedMs = Math.round(performance.now() - from);
      this.logger.info({ notification: id, endpoint: name, attempt, elapsedMs }, 'notified');
    } else if (this.stopping.signal.aborted) {
      await returnNotification(this.database, taken);
    } else {
      const { message: reason, atLeastMs } = posted;
      const pauseMs = this.config.notifyPauseMs;
      await markUndelivered(this.database, taken, { message: reason, pauseMs, atLeastMs });
      this.logger.warn({ notification: id, endpoint: name, attempt, reason }, 'not notified');
    }
  }
}

function byEndpoint(taken: readonly TakenNotification[]): Map<number, TakenNotification[]> {
  const groups = new Map<number, TakenNotification[]>();
  for (const message of taken) {
    const group = groups.get(message.endpoint) ?? [];
    group.push(message);
    groups.set(message.endpoint, group);
  }
  return groups;
}
