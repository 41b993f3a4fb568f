/**
 * Threads of one purpose, and the orders that wait for one. A thread that stops making progress is ended,
 * its order answered as failed, and another started in its place. Closing answers every order as cancelled,
 * also those that still wait.
 */
import type { EngineThread } from './engine-thread.js';
import type { Answer, Order } from './messages.js';
import { watch } from './watchdog.js';

const CANCELLED: Answer = { kind: 'cancelled' };

export class Bench {
  private readonly idle: EngineThread[] = [];
  private readonly waiting: ((thread: EngineThread | undefined) => void)[] = [];
  private readonly threads = new Set<EngineThread>();
  private closed = false;

  constructor(
    size: number,
    private readonly start: () => EngineThread,
  ) {
    for (let place = 0; place < size; place += 1) this.add();
  }

  /** `progress` must change within every `limitMs` while the order runs. */
  async run(order: Order, progress: () => number, limitMs: number): Promise<Answer> {
    const thread = await this.take();
    if (thread === undefined || this.closed) return CANCELLED;
    const unwatch = watch(progress, limitMs, () => {
      void thread.end({ kind: 'failed', message: `no progress for ${limitMs} ms` });
    });
    const answer = await thread.run(order);
    unwatch();
    this.giveBack(thread);
    return answer;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of this.waiting.splice(0)) waiting(undefined);
    await Promise.all([...this.threads].map((thread) => thread.end(CANCELLED)));
  }

  private add(): void {
    const thread = this.start();
    this.threads.add(thread);
    this.hand(thread);
  }

  private async take(): Promise<EngineThread | undefined> {
    if (this.closed) return undefined;
    const thread = this.idle.pop();
    if (thread === undefined) return new Promise((resolve) => this.waiting.push(resolve));
    if (thread.alive) return thread;
    this.replace(thread);
    return this.take();
  }

  private giveBack(thread: EngineThread): void {
    if (thread.alive) this.hand(thread);
    else if (!this.closed) this.replace(thread);
  }

  private replace(thread: EngineThread): void {
    this.threads.delete(thread);
    this.add();
  }

  private hand(thread: EngineThread): void {
    const waiting = this.waiting.shift();
    if (waiting === undefined) this.idle.push(thread);
    else waiting(thread);
  }
}
