/**
 * Delivery: which queues there are, how a job is sent and consumed, and every number of it. Nothing is
 * remembered here; losing all of Redis loses no work.
 */
export * from './consumer.js';
export * from './delivery-rules.js';
export * from './job-sender.js';
export * from './names.js';
export * from './queue-depth.js';
export * from './redis-facts.js';
export * from './senders.js';
