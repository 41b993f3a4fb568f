/**
 * What crosses the queue, and the results that come back: schemas, and the types that follow.
 */
export * from './operation-job.js';
export * from './shard-job.js';
export * from './shrink-job.js';
export * from './totals.js';
