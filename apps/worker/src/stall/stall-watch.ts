/**
 * Ends a worker that lives and does nothing: one that has begun nothing for `stallMs` while jobs wait in the queue. That
 * they wait, and that both servers answer, is asked over connections of its own; where a server is away the worker is
 * not at fault, and goes on waiting for it. Whoever supervises the process starts it again.
 */
import { QueueDepth, type QueueName } from '@lastref/queue';
import { Database } from '@lastref/storage';
import { performance } from 'node:perf_hooks';
import { LOOKS_PER_STALL } from '../limits.js';
import type { Activity } from './activity.js';
import { StallClock } from './stall-clock.js';

/** What every worker takes from. */
const WATCHED: readonly QueueName[] = ['explore', 'shrink', 'prove'];

export interface StallWatchOptions {
  readonly activity: Activity;
  readonly redis: { url: string; prefix: string };
  readonly databaseUrl: string;
  readonly stallMs: number;
  readonly onStall: (message: string) => void;
}

export class StallWatch {
  private readonly clock = new StallClock();
  private readonly depths: readonly QueueDepth[];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: StallWatchOptions) {
    this.depths = WATCHED.map((name) => new QueueDepth(name, options.redis, () => undefined));
  }

  start(): void {
    const everyMs = this.options.stallMs / LOOKS_PER_STALL;
    this.timer = setInterval(() => {
      this.looking = this.looking.then(() => this.look());
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.depths.map((depth) => depth.close()));
  }

  private async look(): Promise<void> {
    const { activity, stallMs, onStall } = this.options;
    const { starts, idle } = activity;
    const waiting = await this.waiting();
    if (waiting === undefined) {
      this.clock.reset();
      return;
    }
    const stuckMs = this.clock.look({ nowMs: performance.now(), starts, idle, waiting });
    if (stuckMs < stallMs) return;
    if (!(await this.databaseAnswers())) {
      this.clock.reset();
      return;
    }
    onStall(
      `began nothing for ${Math.round(stuckMs)} ms while ${waiting} jobs wait and both servers answer; ` +
        'it ends, to be started again',
    );
  }

  private async waiting(): Promise<number | undefined> {
    try {
      const depths = await Promise.all(this.depths.map((depth) => depth.read()));
      return depths.reduce((sum, { paused, waiting }) => sum + (paused ? 0 : waiting), 0);
    } catch {
      return undefined;
    }
  }

  private async databaseAnswers(): Promise<boolean> {
    try {
      const database = await Database.open({ url: this.options.databaseUrl, poolSize: 1 });
      await database.close();
      return true;
    } catch {
      return false;
    }
  }
}
