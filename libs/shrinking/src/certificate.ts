/** What is claimed of a reproduction, and what the claim rests on. */
import type { Cost } from '@lastref/kernel';

/**
 * "Minimal" is never said alone.
 * - `minimum (proved)`: everything cheaper was expanded, and nothing of it met the signature;
 * - `minimum up to c preemptions`: everything cheaper that has at most c preemptions was;
 * - `locally minimal`: no candidate of any pass is cheaper.
 */
export type Grade = 'minimum (proved)' | `minimum up to ${number} preemptions` | 'locally minimal';

export interface Certificate {
  readonly program: string;
  readonly signature: string;
  readonly cost: Cost;
  /** [events/preemptions/switches, nodes expanded], in the order in which they were. */
  readonly layers: readonly (readonly [string, number])[];
  readonly nodes: number;
  readonly states: number;
  /** Where the proof ended; null if the minimum is proved. */
  readonly unproved: Unproved | null;
}

/** What is known where the budget of nodes ended the exact search. */
export interface Unproved {
  /** Every cheaper schedule with at most so many preemptions was searched; null: not even those with none. */
  readonly preemptions: number | null;
  /** The layer events/preemptions/switches in which the budget ended; those listed before it are finished. */
  readonly unfinished: string;
  /** The seeded passes: what they began with, what they executed, and that nothing they try is cheaper than the result. */
  readonly passes: {
    readonly from: Cost;
    readonly runs: number;
    readonly steps: number;
    readonly fixpoint: boolean;
  };
}

export const gradeOf = (unproved: Unproved | null): Grade => {
  if (unproved === null) return 'minimum (proved)';
  const { preemptions } = unproved;
  return preemptions === null ? 'locally minimal' : `minimum up to ${preemptions} preemptions`;
};
