/**
 * The persistent threads of a process: some that explore, and one extra for what a person asked for, so
 * that a shrink never waits behind a campaign.
 */
import { SHRINK_MS, WATCHDOG_MS } from '../limits.js';
import { Bench } from './bench.js';
import { Control } from './control.js';
import { EngineThread } from './engine-thread.js';
import type { Engine } from './engine.js';
import type { Answer, ExploreOrder, ShrinkOrder } from './messages.js';

export interface PoolOptions {
  exploring: number;
  extra: number;
  start?: () => EngineThread;
  watchdogMs?: number;
  shrinkMs?: number;
}

export class ThreadPool implements Engine {
  private readonly exploring: Bench;
  private readonly extra: Bench;

  constructor(private readonly options: PoolOptions) {
    const start = options.start ?? ((): EngineThread => new EngineThread());
    this.exploring = new Bench(options.exploring, start);
    this.extra = new Bench(options.extra, start);
  }

  explore(order: ExploreOrder): Promise<Answer> {
    const control = new Control(order.control);
    return this.exploring.run(order, () => control.done, this.options.watchdogMs ?? WATCHDOG_MS);
  }

  shrink(order: ShrinkOrder): Promise<Answer> {
    return this.extra.run(order, () => 0, this.options.shrinkMs ?? SHRINK_MS);
  }

  async close(): Promise<void> {
    await Promise.all([this.exploring.close(), this.extra.close()]);
  }
}
