/** Runs one order on a thread of its own, which ends with it; an aborted one is ended at once. */
import { Worker } from 'node:worker_threads';
import { EXIT } from '../exit-codes.js';
import { INTERRUPTED, ok, refused, type Result } from '../outcome.js';
import type { Order, Reply } from './orders.js';

export const THREAD_ENTRY = new URL('./thread-main.js', import.meta.url);

/** @param signal ends the thread; leave it out where the order has a gentler way to stop */
export function runOnThread(
  order: Order,
  signal?: AbortSignal,
  entry: URL = THREAD_ENTRY,
): Promise<Result<Reply>> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve({ ok: false, refusal: INTERRUPTED });
      return;
    }
    const worker = new Worker(entry, { workerData: order });
    const abort = (): void => {
      settle({ ok: false, refusal: INTERRUPTED });
      void worker.terminate();
    };
    const settle = (result: Result<Reply>): void => {
      signal?.removeEventListener('abort', abort);
      resolve(result);
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.once('message', (reply: Reply) => {
      settle(ok(reply));
    });
    worker.once('error', (error) => {
      settle(refused(EXIT.environment, `an engine thread died: ${error.message}`));
    });
    worker.once('exit', (code) => {
      settle(refused(EXIT.environment, `an engine thread ended with code ${code}`));
    });
  });
}
