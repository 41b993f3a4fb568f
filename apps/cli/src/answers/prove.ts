/** What `lastref prove` answers as JSON; texts are made from it. */
import type { ProbabilityResult, SearchResult } from '@lastref/exploration';
import type { Judged } from '@lastref/judging';
import type { UnexecutedCode } from '../text/unexecuted.js';

export interface Proof extends Omit<SearchResult, 'unexecuted'> {
  readonly proved: boolean;
  readonly unexecuted: readonly UnexecutedCode[];
  readonly expectation: Judged | null;
  readonly probabilities?: ProbabilityResult;
  readonly elapsedMs: number;
}
