/**
 * The engine on the persistent threads of a process: some that explore, and some extra for what a person asked for, so that a
 * shrink never waits behind a campaign.
 */
import { Pool, type Ended } from '@lastref/threads';
import { JOBS_PER_THREAD, SHRINK_MS, THREAD_HEAP_MB, WATCHDOG_MS } from '../limits.js';
import { Control } from './control.js';
import type { Engine } from './engine.js';
import type { Answer, ExploreOrder, Order, ShrinkOrder } from './messages.js';

const ENTRY = new URL('./thread-main.js', import.meta.url);

export interface EngineThreads {
  readonly exploring: number;
  readonly extra: number;
  readonly entry?: URL;
  readonly watchdogMs?: number;
  readonly shrinkMs?: number;
}

export class ThreadPool implements Engine {
  private readonly exploring: Pool<ExploreOrder, Answer>;
  private readonly extra: Pool<Order, Answer>;

  constructor(private readonly options: EngineThreads) {
    const { exploring, extra, entry = ENTRY } = options;
    const sizes = (threads: number): ConstructorParameters<typeof Pool>[0] => ({
      entry,
      threads,
      waiting: threads * JOBS_PER_THREAD,
      heapMb: THREAD_HEAP_MB,
    });
    this.exploring = new Pool(sizes(exploring));
    this.extra = new Pool(sizes(extra));
  }

  async explore(order: ExploreOrder): Promise<Answer> {
    const control = new Control(order.control);
    const limitMs = this.options.watchdogMs ?? WATCHDOG_MS;
    const pool: Pool<ExploreOrder, Answer> = order.aside ? this.extra : this.exploring;
    return answerOf(await pool.run(order, { limitMs, progress: () => control.done }));
  }

  async shrink(order: ShrinkOrder): Promise<Answer> {
    return answerOf(await this.extra.run(order, { limitMs: this.options.shrinkMs ?? SHRINK_MS }));
  }

  async close(): Promise<void> {
    await Promise.all([this.exploring.close(), this.extra.close()]);
  }
}

function answerOf(ended: Ended<Answer>): Answer {
  switch (ended.kind) {
    case 'answered':
      return ended.answer;
    case 'stopped':
      return { kind: 'cancelled' };
    case 'stalled':
      return { kind: 'failed', message: `no progress for ${ended.afterMs} ms` };
    case 'failed':
      return { kind: 'failed', message: `the thread died: ${ended.message}` };
    case 'busy':
      return { kind: 'failed', message: 'too many orders wait for a thread' };
  }
}
