/**
 * One thread as its process sees it: takes one order at a time and answers it, also when the thread dies (an error, its heap
 * limit, being ended). After that it is not used again. Only a thread at work keeps its process alive.
 */
import { Worker } from 'node:worker_threads';

export interface ThreadOptions {
  readonly entry: URL;
  /** Heap of the thread; packed states of the engine are outside it. Node's own limit if left out. */
  readonly heapMb?: number;
}

/** How an order ended. */
export type Ended<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** Too many orders wait already; nothing was done. */
  | { readonly kind: 'busy' }
  /** The thread made no progress for this long, and was ended. */
  | { readonly kind: 'stalled'; readonly afterMs: number }
  /** Whoever asked wants no answer any more, or the pool was closed. */
  | { readonly kind: 'stopped' }
  /** The thread died; the message says of what. */
  | { readonly kind: 'failed'; readonly message: string };

export class Thread<Order, Answer> {
  private readonly worker: Worker;
  private readonly online: Promise<void>;
  private settle: ((ended: Ended<Answer>) => void) | undefined;
  private gone: Ended<Answer> | undefined;

  constructor({ entry, heapMb }: ThreadOptions) {
    const limits = heapMb === undefined ? {} : { maxOldGenerationSizeMb: heapMb };
    this.worker = new Worker(entry, { resourceLimits: limits, env: {} });
    this.worker.on('message', (answer: Answer) => {
      this.worker.unref();
      this.finish({ kind: 'answered', answer });
    });
    this.worker.on('error', (error: unknown) => {
      this.die({ kind: 'failed', message: messageOf(error) });
    });
    this.worker.on('exit', (code) => {
      this.die({ kind: 'failed', message: `the thread ended with code ${code}` });
    });
    this.online = new Promise((resolve) => {
      this.worker.once('online', resolve);
      this.worker.once('exit', resolve);
    });
  }

  get alive(): boolean {
    return this.gone === undefined;
  }

  /** @param begun called when the thread runs and has the order */
  async run(order: Order, begun: () => void = () => undefined): Promise<Ended<Answer>> {
    this.worker.ref();
    const ended = new Promise<Ended<Answer>>((resolve) => {
      this.settle = resolve;
    });
    await this.online;
    if (this.gone !== undefined) return this.gone;
    begun();
    this.worker.postMessage(order);
    return ended;
  }

  /** Ends the thread at once; an order under way has then ended like this. */
  async end(how: Ended<Answer>): Promise<void> {
    this.die(how);
    await this.worker.terminate();
  }

  private die(how: Ended<Answer>): void {
    this.gone ??= how;
    this.finish(how);
  }

  private finish(ended: Ended<Answer>): void {
    const { settle } = this;
    this.settle = undefined;
    settle?.(ended);
  }
}

/** Errors of a thread are clones: not always instances of this realm's Error. */
function messageOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'message' in error ? String(error.message) : String(error);
}
