/**
 * A program of the literature: a case of both variants, the name under which the published tables have it, and what exhaustive
 * search says of each variant, as of any scenario: `expect` and `min` read as those of an expectation.
 */
import type { CaseSpec } from '@lastref/authoring';

export interface Exhibit {
  /** Name of the case. */
  readonly name: string;
  /** Name in the published tables, where they have it. */
  readonly published?: string;
  readonly spec: CaseSpec;
  /** Failures of the buggy variant as `all:kind@function;...`; the fixed one is clean. */
  readonly expect: string;
  /** Kinds of reports of the buggy variant beside its failures. */
  readonly reports?: readonly string[];
  /** events/preemptions/switches of the cheapest run that shows the first failure. */
  readonly min?: string;
  /** Variants whose states are too many for a search on one machine, and why; what is expected of them is only sampled. */
  readonly beyondSearch?: { readonly variants: readonly Variant[]; readonly because: string };
}

export type Variant = 'buggy' | 'fixed';

/** The switch of the fixed variant. */
export const FIXED = 'fixed';
