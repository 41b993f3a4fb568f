/** What `lastref verify-fix` answers as JSON; the text, the JUnit file and the Markdown summary are made from it. */

/** `unproved`: nothing is wrong so far, and the search did not end. `error`: there is no answer. */
export type VerifiedOutcome = 'holds' | 'fails' | 'unproved' | 'error';

export interface VerifiedCase {
  readonly address: string;
  readonly outcome: VerifiedOutcome;
  /** What the scenario says is to be found; null where it says nothing, and then nothing may fail. */
  readonly expect: string | null;
  /** What occurs, expected or not. */
  readonly failures: readonly string[];
  /** Each difference in a sentence. */
  readonly why: readonly string[];
  /** Command lines that show more. */
  readonly commands: readonly string[];
  readonly states: number;
  readonly elapsedMs: number;
}

export interface Verification {
  readonly verified: boolean;
  readonly counts: Readonly<Record<VerifiedOutcome, number>>;
  readonly cases: readonly VerifiedCase[];
}
