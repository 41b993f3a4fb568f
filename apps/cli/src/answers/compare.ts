/** What `lastref compare` answers as JSON; its text is made from it. */
import type { ComparedRun } from '@lastref/judging';

export interface SearchedRow {
  readonly complete: boolean;
  readonly states: number;
  readonly failures: readonly string[];
  /** Some run has the signature; null: none that was seen, and the budget ended the search. */
  readonly has: boolean | null;
}

export interface ComparedRow {
  readonly address: string;
  readonly variant: string;
  /** On in the variant. */
  readonly switches: readonly string[];
  /** The variant has no case of these tasks: the run's own case with its switches. */
  readonly borrowed: boolean;
  readonly run: ComparedRun;
  readonly searched: SearchedRow | null;
  readonly expected: string | null;
}

export interface Comparison {
  readonly address: string;
  readonly program: string;
  /** What the run shows where it comes from. */
  readonly signature: string | null;
  readonly schedule: string;
  readonly token: string;
  readonly rows: readonly ComparedRow[];
}
