/** What one run comes to on one place, in one word, with what that rests on. */
import { BoundExceeded, LimitError, type Trace } from '@lastref/kernel';
import { follow } from './follow.js';
import type { Place } from './places.js';

/**
 * same: it shows the signature. other: it fails otherwise. passes: it ends clean. outside, cut, unfinished: as of any run. none: it
 * cannot be followed there.
 */
export type ComparedVerdict =
  'same' | 'other' | 'passes' | 'outside' | 'cut' | 'unfinished' | 'none';

export interface ComparedRun {
  readonly verdict: ComparedVerdict;
  /** The failure that it shows there. */
  readonly shows: string | null;
  /** The first step that could not be taken as it was, and why. */
  readonly parted: { readonly n: number; readonly why: string } | null;
  /** The run there, replayable on that program; null where there is none. */
  readonly schedule: string | null;
  /** Why there is none. */
  readonly why: string | null;
}

/** @param signature that the run shows where it comes from; null where it shows none */
export function compareRun(trace: Trace, signature: string | null, place: Place): ComparedRun {
  if (!place.fits) return NOT(place.program === null ? (place.why ?? '') : 'other tasks');
  if (place.program === null) return NOT(place.why ?? '');
  try {
    const result = follow(trace, place.program);
    if (!result.ok) return NOT(result.message);
    const { trace: there, parted } = result.followed;
    return { ...verdictOf(there, signature), parted, schedule: there.schedule, why: null };
  } catch (error) {
    if (error instanceof BoundExceeded || error instanceof LimitError) return NOT(error.message);
    throw error;
  }
}

const NOT = (why: string): ComparedRun => ({
  verdict: 'none',
  shows: null,
  parted: null,
  schedule: null,
  why,
});

function verdictOf(
  { verdict, reports }: Trace,
  signature: string | null,
): Pick<ComparedRun, 'verdict' | 'shows'> {
  const failure = verdict.outcome === 'failed' ? verdict.signature : null;
  if (signature !== null && (failure === signature || reports.includes(signature)))
    return { verdict: 'same', shows: signature };
  switch (verdict.outcome) {
    case 'failed':
      return { verdict: 'other', shows: failure };
    case 'clean':
      return { verdict: 'passes', shows: null };
    case 'outside':
    case 'cut':
    case 'unfinished':
      return { verdict: verdict.outcome, shows: null };
  }
}
