/**
 * What the control plane asks of the engine: is this a valid program, what happens in this run, and in which
 * orders do its milestones occur.
 * Plain data both ways, since it crosses to a thread: the loop that serves HTTP never simulates, not
 * even the prologue that validation runs.
 */
import type { ProblemError } from '@lastref/contracts';
import type { OrdersResult } from '@lastref/exploration';
import type { StepState, Trace, Verdict } from '@lastref/kernel';
import type { AddressClaim } from '@lastref/storage';

export type How = { strategy: string; seed: number } | { schedule: string };

export type EngineJob =
  | { kind: 'validate'; json: unknown }
  /**
   * `program` is the canonical text of a stored program. `signature` is what the run is known to lead to,
   * for a livelock, in which no run ends.
   */
  | {
      kind: 'replay';
      program: string;
      how: How;
      maxSteps: number;
      /** Of the whole answer; any number if left out. */
      mostBytes?: number;
      signature?: string;
    }
  /** The states of a run from one on; `mostBytes` is of them all, but there is always one. */
  | {
      kind: 'steps';
      program: string;
      how: How;
      maxSteps: number;
      from: number;
      limit: number;
      mostBytes: number;
    }
  | { kind: 'orders'; program: string; milestones?: readonly string[]; maxStates: number };

export interface ValidProgram {
  digest: string;
  address: string;
  scenario: string;
  variant: string;
  caseName: string;
  title: string;
  format: number;
  semantics: number;
  bytes: string;
  claim: AddressClaim;
}

export interface ReplayedRun {
  trace: Trace;
  /** The report and the interleaving, as text. */
  report: string;
  interleaving: string;
}

/** A page of states. */
export interface SteppedRun {
  address: string;
  tasks: readonly string[];
  verdict: Verdict;
  /** Of the whole run. */
  steps: number;
  states: readonly StepState[];
  /** The state behind the page; null if there is none. */
  next: number | null;
}

export type EngineAnswer =
  | { kind: 'valid'; program: ValidProgram }
  | { kind: 'invalid'; errors: ProblemError[] }
  | { kind: 'replayed'; run: ReplayedRun }
  | { kind: 'stepped'; run: SteppedRun }
  | { kind: 'ordered'; result: OrdersResult }
  | { kind: 'refused'; message: string }
  | { kind: 'too-long'; steps: number }
  /** The run is answered in more than `mostBytes`. */
  | { kind: 'too-large'; bytes: number };
