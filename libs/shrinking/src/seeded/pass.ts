/**
 * One idea of how a run might get cheaper. A pass is asked position by position, so that after an improvement it goes on
 * where it was instead of from the start; which candidates it gives depends on the run and the position only.
 */
import type { Plan, Run } from './plan.js';

export interface Pass {
  readonly name: string;
  /** Candidates at a position, the boldest first; undefined past the last position. */
  at(run: Run, position: number): readonly Plan[] | undefined;
}
