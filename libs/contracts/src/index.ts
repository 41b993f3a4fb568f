/**
 * What crosses a process boundary: the HTTP contract, the payloads of the queues, the environment.
 */
export * from './api/index.js';
export * from './environment/environment.js';
export * from './queue/index.js';
