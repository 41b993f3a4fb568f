/** The inside of a thread of the command line. */
import { onOrders } from '@lastref/threads';
import { execute } from './execute.js';
import type { Order } from './orders.js';
import { Samplers } from './samplers.js';

const samplers = new Samplers();

onOrders((order) => execute(order as Order, samplers));
