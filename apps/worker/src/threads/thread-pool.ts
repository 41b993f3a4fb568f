/**
 * The engine on the persistent threads of a process: some that explore, some extra for shrinks, and some for searches of any
 * length, so that none of the three waits behind another.
 */
import { Pool, type Ended } from '@lastref/threads';
import {
  JOBS_PER_THREAD,
  SEARCH_STALLED_MS,
  SHRINK_MS,
  THREAD_HEAP_MB,
  WATCHDOG_MS,
} from '../limits.js';
import { Control } from './control.js';
import type { Engine } from './engine.js';
import type { Answer, ExploreOrder, SearchOrder, ShrinkOrder } from './messages.js';

const ENTRY = new URL('./thread-main.js', import.meta.url);

export interface EngineThreads {
  readonly exploring: number;
  readonly extra: number;
  readonly searching: number;
  readonly entry?: URL;
  readonly watchdogMs?: number;
  readonly shrinkMs?: number;
  readonly stalledMs?: number;
}

export class ThreadPool implements Engine {
  private readonly exploring: Pool<ExploreOrder, Answer>;
  private readonly extra: Pool<ExploreOrder | ShrinkOrder, Answer>;
  private readonly searching: Pool<SearchOrder, Answer>;

  constructor(private readonly options: EngineThreads) {
    const { exploring, extra, searching, entry = ENTRY } = options;
    const sizes = (threads: number): ConstructorParameters<typeof Pool>[0] => ({
      entry,
      threads,
      waiting: threads * JOBS_PER_THREAD,
      heapMb: THREAD_HEAP_MB,
    });
    this.exploring = new Pool(sizes(exploring));
    this.extra = new Pool(sizes(extra));
    this.searching = new Pool(sizes(searching));
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

  async search(order: SearchOrder): Promise<Answer> {
    const control = new Control(order.control);
    const limitMs = this.options.stalledMs ?? SEARCH_STALLED_MS;
    return answerOf(await this.searching.run(order, { limitMs, progress: () => control.done }));
  }

  async close(): Promise<void> {
    await Promise.all([this.exploring, this.extra, this.searching].map((pool) => pool.close()));
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
