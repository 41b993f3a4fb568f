/**
 * @lastref/threads: how a Node process does the engine's work without ceasing to listen: threads with one order at a time, and
 * pools of them. Knows nothing of what the orders mean, and imports no other library of the project.
 */
export { INLINING, inlineMore } from './inlining.js';
export { Pool, type Limits, type PoolOptions } from './pool.js';
export { Thread, type Ended, type ThreadOptions } from './thread.js';
export { onOrders } from './inside.js';
export { LOOK_MS } from './watchdog.js';
