/**
 * Persistent threads of one purpose, started as they are needed, and the orders that wait for one, first come, first served. A
 * thread that makes no progress, dies or is not wanted any more is ended alone, and the next order gets another. The number of
 * threads and of waiting orders is bounded, and so is an order's wait if it says how long: past it the caller is told so. Closing ends every order, also those that wait.
 */
import { Thread, type Ended, type ThreadOptions } from './thread.js';
import { watch } from './watchdog.js';

export interface PoolOptions extends ThreadOptions {
  /** Most threads. */
  readonly threads: number;
  /** Orders that may wait for one. */
  readonly waiting: number;
}

/** What ends an order before it is answered. */
export interface Limits {
  /** Milliseconds without progress, from the moment a running thread has the order. */
  readonly limitMs?: number;
  /** Milliseconds that the order may wait for a thread; without it, for as long as it takes. */
  readonly waitMs?: number;
  /** A number that changes with every progress; without it the limit is one of the whole order. */
  readonly progress?: () => number;
  /** Ends the thread; left out where the order has a gentler way to stop. */
  readonly signal?: AbortSignal;
}

const STOPPED = { kind: 'stopped' } as const;

export class Pool<Order, Answer> {
  private readonly threads = new Set<Thread<Order, Answer>>();
  private readonly idle: Thread<Order, Answer>[] = [];
  private readonly waiting: ((thread: Thread<Order, Answer> | undefined) => void)[] = [];
  private closed = false;

  constructor(private readonly options: PoolOptions) {}

  async run(order: Order, limits: Limits = {}): Promise<Ended<Answer>> {
    const { signal } = limits;
    if (this.closed || signal?.aborted === true) return STOPPED;
    const thread = this.free() ?? (await this.turn(limits.waitMs));
    if (thread === 'busy') return { kind: 'busy' };
    if (thread === undefined) return STOPPED;
    const ended = await this.runOn(thread, order, limits);
    this.giveBack(thread);
    return ended;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const turn of this.waiting.splice(0)) turn(undefined);
    await Promise.all([...this.threads].map((thread) => thread.end(STOPPED)));
  }

  private async runOn(
    thread: Thread<Order, Answer>,
    order: Order,
    { limitMs, progress = () => 0, signal }: Limits,
  ): Promise<Ended<Answer>> {
    const stop = (): void => void thread.end(STOPPED);
    if (signal?.aborted === true) return STOPPED;
    signal?.addEventListener('abort', stop, { once: true });
    let unwatch = (): void => undefined;
    const ended = await thread.run(order, () => {
      if (limitMs === undefined) return;
      unwatch = watch(progress, limitMs, () => {
        void thread.end({ kind: 'stalled', afterMs: limitMs });
      });
    });
    unwatch();
    signal?.removeEventListener('abort', stop);
    return ended;
  }

  /** A thread that has nothing to do, or a new one; undefined if there is none. */
  private free(): Thread<Order, Answer> | undefined {
    for (let thread = this.idle.pop(); thread !== undefined; thread = this.idle.pop()) {
      if (thread.alive) return thread;
      this.threads.delete(thread);
    }
    return this.threads.size < this.options.threads ? this.start() : undefined;
  }

  private start(): Thread<Order, Answer> {
    const thread = new Thread<Order, Answer>(this.options);
    this.threads.add(thread);
    return thread;
  }

  /** Waits for a thread; undefined once the pool is closed. */
  private turn(waitMs: number | undefined): Promise<Thread<Order, Answer> | undefined | 'busy'> {
    if (this.waiting.length >= this.options.waiting) return Promise.resolve('busy');
    return new Promise((resolve) => {
      const late =
        waitMs === undefined
          ? undefined
          : setTimeout(() => {
              this.waiting.splice(this.waiting.indexOf(turn), 1);
              resolve('busy');
            }, waitMs);
      const turn = (thread: Thread<Order, Answer> | undefined): void => {
        clearTimeout(late);
        resolve(thread);
      };
      this.waiting.push(turn);
    });
  }

  private giveBack(thread: Thread<Order, Answer>): void {
    if (thread.alive) this.hand(thread);
    else {
      this.threads.delete(thread);
      if (!this.closed && this.waiting.length > 0) this.hand(this.start());
    }
  }

  private hand(thread: Thread<Order, Answer>): void {
    const turn = this.waiting.shift();
    if (turn === undefined) this.idle.push(thread);
    else turn(thread);
  }
}
