/** @lastref/shrinking: the minimal reproduction of a failure, with its grade and certificate. Pure. */
export type { Certificate, Grade, Unproved } from './certificate.js';
export { explain, type ExplainOptions, type ExplainResult } from './explanation/explain.js';
export type * from './explanation/explanation.js';
export { renderExplanation } from './explanation/render-explanation.js';
export { DEFAULT_EXPLAINED_STATES, DEFAULT_MAX_NODES, DEFAULT_MAX_STEPS } from './limits.js';
export type { PassStatistics } from './seeded/statistics.js';
export { shrink, type Reproduction, type ShrinkOptions, type ShrinkResult } from './shrink.js';
