/** What `lastref hunt` is asked, and what it answers as JSON; texts are made from it. */
import type { CutMeans } from '@lastref/exploration';
import type { Judged } from '@lastref/judging';

export interface HuntOptions {
  /** The most; unless told a fixed number, or no end where a time is set to stop by. */
  readonly schedules?: number | undefined;
  readonly seed: number;
  /** A strategy, or the portfolio of all. */
  readonly strategy: string;
  /** A rule to stop by before all schedules have run. */
  readonly stop?: string | undefined;
  readonly threads: number;
  /** States that the search behind cut runs may take; 0 for none. */
  readonly examineCut: number;
  readonly ledger: boolean;
}

/** One signature of a hunt, with what leads on from it. */
export interface HuntSignature {
  readonly signature: string;
  readonly kind: string;
  readonly report: boolean;
  readonly count: number;
  /** The strategy whose seeds these are. */
  readonly strategy: string;
  readonly lanes: readonly number[];
  readonly lowestSeeds: readonly number[];
  readonly replay: string;
  readonly shrink: string;
}

export interface HuntAnswer {
  readonly address: string;
  readonly program: string;
  readonly strategy: string;
  readonly seedFrom: number;
  readonly threads: number;
  readonly interrupted: boolean;
  /** Complete rounds, and why there was none after them; only with the portfolio or a rule to stop by. */
  readonly rounds?: number;
  readonly stopped?: string | null;
  /** Schedules that ran; fewer than asked for if interrupted or stopped. */
  readonly schedules: number;
  /** How they ended: these four add up to all. */
  readonly failed: number;
  readonly clean: number;
  readonly outside: number;
  readonly cut: number;
  /** The cut runs with the lowest seeds, and what they came to; `unjudged` counts all that no search has seen through. */
  readonly cutRuns: readonly HuntCutRun[];
  readonly unjudged: number;
  readonly steps: number;
  readonly signatures: readonly HuntSignature[];
  /** With 95 % confidence fewer than this share of the runs inside the case fails, each cut one counted; null if one did. */
  readonly bound: number | null;
  /** What each strategy promises about what was not seen. */
  readonly promises: readonly { readonly strategy: string; readonly text: string }[];
  readonly expectation: Judged | null;
  readonly ledger?: string;
  /** The command that runs these schedules again; only with a time to stop by. */
  readonly again?: string;
  readonly elapsedMs: number;
  readonly schedulesPerSecond: number;
}

/** One of the cut runs with the lowest seeds. */
export interface HuntCutRun {
  readonly strategy: string;
  readonly seed: number;
  /** null: not examined. */
  readonly means: CutMeans | null;
  readonly signatures: readonly string[];
  readonly steps: number | null;
  readonly works: readonly string[];
  readonly replay: string;
  /** Commands that shrink the livelocks it is in. */
  readonly shrink: readonly string[];
}
