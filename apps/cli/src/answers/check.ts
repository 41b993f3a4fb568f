/** What `check` answers for one case of a model. */
interface Base {
  readonly address: string;
  /** The expectation held; without one: proved, and nothing fails. */
  readonly held: boolean;
  readonly operations: number;
  /** What was ignored, stubbed or is not modelled. */
  readonly notes: string;
}

export interface CheckedCase extends Base {
  /** The search ended: what is not listed does not occur. */
  readonly proved: boolean;
  readonly failures: readonly string[];
  readonly reports: readonly string[];
  readonly missed: readonly string[];
  readonly states: number;
  readonly depth: number;
  readonly elapsedMs: number;
  /** `file:line` of code that no run executes. */
  readonly neverExecuted: readonly string[];
  readonly warnings: readonly string[];
  readonly expect?: string;
  readonly why?: readonly string[];
}

/** A case that has no answer, as one that goes past a bound. */
export interface UncheckedCase extends Base {
  readonly error: string;
}

export type Checked = CheckedCase | UncheckedCase;
