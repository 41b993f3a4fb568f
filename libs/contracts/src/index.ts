/**
 * What crosses a process boundary: the HTTP contract of the service.
 */
export * from './api/index.js';
export * from './queue/index.js';
