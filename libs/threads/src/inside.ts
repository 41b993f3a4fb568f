/** The inside of a thread: one order at a time, in the order of their arrival, each answered once. */
import { parentPort } from 'node:worker_threads';

/** Where nobody gives orders, on a main thread, this does nothing. An error ends the thread, and is the answer. */
export function onOrders(answer: (order: unknown) => unknown): void {
  parentPort?.on('message', (order: unknown) => {
    parentPort?.postMessage(answer(order));
  });
}
