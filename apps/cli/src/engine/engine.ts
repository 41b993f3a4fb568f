/**
 * What commands ask of the engine. In production the work is done on threads, because a synchronous loop on the main one
 * would not hear Ctrl-C; specs do it in their own process.
 */
import type {
  BatchTotals,
  CutRun,
  ExaminedRun,
  OrdersOptions,
  OrdersResult,
  ProbabilityResult,
  ProveOptions,
  SearchResult,
} from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import type {
  ExplainOptions,
  ExplainResult,
  ShrinkOptions,
  ShrinkResult,
} from '@lastref/shrinking';
import type { Result } from '../outcome.js';

export interface SampleJob {
  readonly program: Program;
  readonly strategy: string;
  readonly seedFrom: number;
  readonly schedules: number;
  readonly threads: number;
}

export interface Sampled {
  readonly totals: BatchTotals;
  /** Ctrl-C came first; the totals are of the seeds that ran. */
  readonly interrupted: boolean;
}

export interface Engine {
  sample(
    job: SampleJob,
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<Result<Sampled>>;
  /** What became of runs that were cut. */
  examine(
    program: Program,
    runs: readonly CutRun[],
    maxStates: number,
    signal: AbortSignal,
  ): Promise<Result<readonly ExaminedRun[]>>;
  prove(
    program: Program,
    options: ProveOptions,
    signal: AbortSignal,
  ): Promise<Result<SearchResult>>;
  probabilities(
    program: Program,
    maxStates: number,
    signal: AbortSignal,
  ): Promise<Result<ProbabilityResult>>;
  /** In which orders the milestones occur. */
  orders(
    program: Program,
    options: OrdersOptions,
    signal: AbortSignal,
  ): Promise<Result<OrdersResult>>;
  shrink(
    program: Program,
    signature: string,
    options: ShrinkOptions,
    signal: AbortSignal,
  ): Promise<Result<ShrinkResult>>;
  /** Why a run shows a signature. */
  explain(
    program: Program,
    schedule: string,
    signature: string,
    options: ExplainOptions,
    signal: AbortSignal,
  ): Promise<Result<ExplainResult>>;
}
