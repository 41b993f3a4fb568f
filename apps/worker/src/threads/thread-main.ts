/** The inside of a thread of the worker. */
import { onOrders } from '@lastref/threads';
import { Executor } from './execute.js';
import type { Order } from './messages.js';

const executor = new Executor();

onOrders((order) => executor.execute(order as Order));
