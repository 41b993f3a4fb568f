/** @lastref/shrinking: the minimal reproduction of a failure, with its certificate. Pure. */
export {
  DEFAULT_MAX_NODES,
  shrink,
  type Certificate,
  type Grade,
  type Reproduction,
  type ShrinkResult,
} from './shrink.js';
