/** What `lastref verdicts` answers as JSON, row by row; texts are made from it. */

/** error: there is no answer to compare with. */
export type Agreement = 'agrees' | 'disagrees' | 'not proved' | 'error';

export interface VerdictRow {
  readonly scenario: string;
  readonly variant: string;
  readonly case: string;
  readonly expected: string;
  /** Signatures that occur. */
  readonly found: readonly string[];
  /** events/preemptions/switches of the canonical reproduction, where the row names a minimum. */
  readonly min: string | null;
  readonly expectedMin: string | null;
  readonly reports: readonly string[];
  /** The clean twin, where the row names one. */
  readonly control: string | null;
  readonly states: number;
  readonly ms: number;
  readonly agrees: boolean;
  readonly agreement: Agreement;
  readonly why: readonly string[];
  readonly corrected: string | null;
}

/** What all rows come to. */
export interface VerdictSummary {
  readonly rows: number;
  readonly agree: number;
  readonly disagree: number;
  readonly notProved: number;
  readonly withoutAnswer: number;
  /** Rows that a model proved wrong and that were mended: their reasons are in `corrected` of each. */
  readonly corrected: number;
  /** States of all rows, and of the row that has most. */
  readonly states: number;
  readonly mostStates: number;
  /** Of all rows together; a control that rows share is searched once, in the first of them. */
  readonly ms: number;
}
