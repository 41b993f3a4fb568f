/**
 * One thread as its process sees it: takes one order at a time and answers it, also when the thread dies
 * (an error outside the executor, its heap limit, being terminated). After that it is not used again.
 */
import { Worker } from 'node:worker_threads';
import { THREAD_HEAP_MB } from '../limits.js';
import type { Answer, Order } from './messages.js';

const ENTRY = new URL('./thread-main.js', import.meta.url);

export class EngineThread {
  private answer: ((answer: Answer) => void) | undefined;
  private gone = false;
  private readonly worker: Worker;

  constructor(entry: URL = ENTRY) {
    this.worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB } });
    this.worker.on('message', (answer: Answer) => {
      this.settle(answer);
    });
    this.worker.on('error', (error) => {
      this.die({ kind: 'failed', message: `the thread died: ${error.message}` });
    });
    this.worker.on('exit', () => {
      this.die({ kind: 'failed', message: 'the thread ended' });
    });
  }

  get alive(): boolean {
    return !this.gone;
  }

  run(order: Order): Promise<Answer> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.worker.postMessage(order);
    });
  }

  /** Ends the thread at once; an order under way is answered with this. */
  async end(answer: Answer): Promise<void> {
    this.die(answer);
    await this.worker.terminate();
  }

  private die(answer: Answer): void {
    this.gone = true;
    this.settle(answer);
  }

  private settle(answer: Answer): void {
    const { answer: resolve } = this;
    this.answer = undefined;
    resolve?.(answer);
  }
}
