/** The inside of a thread: one order at a time, in the order of their arrival, each answered once. */
import { parentPort } from 'node:worker_threads';
import { Executor } from './execute.js';
import type { Order } from './messages.js';

const executor = new Executor();

parentPort?.on('message', (order: Order) => {
  parentPort?.postMessage(executor.execute(order));
});
