/** What is told of why a run fails: plain data, every step by its number in the run, from 1. Definitions: docs/explanations.md. */
import type { Cost } from '@lastref/kernel';

/**
 * needed: with the two exchanged, no run that goes on from there has the signature. here: this schedule has it no more, another
 * way on has. unknown: this schedule has it no more, and whether another way on has is past the budget. free: the rest of the
 * schedule meets it all the same. fixed: the exchange cannot be made, something orders the two.
 */
export type Need = 'needed' | 'here' | 'unknown' | 'free' | 'fixed';

export interface StepRef {
  /** Null: a wait in which the run ends, no step of it. */
  readonly n: number | null;
  readonly task: string;
  readonly text: string;
  readonly function: string;
  /** What it does to the location that the two share. */
  readonly does: 'reads' | 'writes' | 'frees' | 'touches' | 'waits';
}

export interface OrderConstraint {
  readonly first: StepRef;
  readonly second: StepRef;
  /** The location they share, as the state names it; null where it is more than one. */
  readonly location: string | null;
  readonly need: Need;
  /** What orders the two, or what both hold; null: nothing does. */
  readonly orderedBy: string | null;
  /** The least call of the second step that, over before the first, leaves no run that has the signature. */
  readonly enough: string | null;
}

export interface PreemptionNeed {
  /** The step that preempts. */
  readonly at: StepRef;
  /** The task that could have gone on, and where it stood. */
  readonly left: string;
  readonly behind: StepRef | null;
  readonly need: Need;
}

/** Who made what was misused what it is. */
export interface LastWriter {
  /** What was misused: an object, a pointer, a counter, a lock of the cycle, in words. */
  readonly of: string;
  /** Null: before time 0. */
  readonly by: StepRef | null;
  readonly how: string;
}

/** Past the budget there is no answer, and it says so. */
export type Certainty =
  | {
      readonly computed: true;
      readonly states: number;
      /** The first step behind which every run meets the signature; 0: from the start. */
      readonly signature: number;
      /** The same of runs that fail in any way. */
      readonly failure: number;
    }
  | { readonly computed: false; readonly why: string };

export interface NearestPassing {
  /** exact: no passing run shares more steps, and of those that share as many none is cheaper. tried: one that was found. */
  readonly grade: 'exact' | 'tried';
  readonly schedule: string;
  readonly cost: Cost;
  /** Steps that it shares with the run. */
  readonly shared: number;
  /** What the run does where they part, and what this one does. */
  readonly parts: StepRef;
  readonly instead: { readonly task: string; readonly text: string };
}

export interface Explanation {
  readonly signature: string;
  readonly schedule: string;
  readonly orders: readonly OrderConstraint[];
  readonly preemptions: readonly PreemptionNeed[];
  readonly lastWriters: readonly LastWriter[];
  readonly certain: Certainty;
  /** Null: every run fails, or none that passes was found. */
  readonly nearest: NearestPassing | null;
}
