/**
 * The HTTP contract of the service: schemas of requests and answers, and the types that follow.
 */
export * from './access.js';
export * from './atoms.js';
export * from './bugs.js';
export * from './campaigns.js';
export * from './checks.js';
export type { Immutable } from './immutable.js';
export * from './incidents.js';
export * from './limits.js';
export * from './matrix.js';
export * from './nightlies.js';
export * from './notifications.js';
export * from './operations.js';
export * from './orders.js';
export * from './page.js';
export * from './problems.js';
export * from './programs.js';
export * from './replays.js';
export * from './searches.js';
export * from './steps.js';
export * from '../tokens/index.js';
export * from './traces.js';
export * from './work.js';
