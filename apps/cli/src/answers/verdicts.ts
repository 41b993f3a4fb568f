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
