/** The inside of an engine thread: one order, one reply. */
import { parentPort, workerData } from 'node:worker_threads';
import { execute } from './execute.js';
import type { Order } from './orders.js';

parentPort?.postMessage(execute(workerData as Order));
