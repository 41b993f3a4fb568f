/** What is asked of an engine thread and what it answers; plain data that can be posted. */
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

export type Order =
  | {
      readonly kind: 'sample';
      readonly program: Program;
      /** The same for the same program only, so that a thread knows one again. */
      readonly programId: number;
      readonly strategy: string;
      /** Memory of the SeedRange that all threads of a hunt take their seeds from. */
      readonly range: SharedArrayBuffer;
    }
  | {
      readonly kind: 'examine';
      readonly program: Program;
      readonly runs: readonly CutRun[];
      readonly maxStates: number;
    }
  | {
      readonly kind: 'prove';
      readonly program: Program;
      readonly options: ProveOptions;
    }
  | {
      readonly kind: 'probabilities';
      readonly program: Program;
      readonly maxStates: number;
    }
  | {
      readonly kind: 'orders';
      readonly program: Program;
      readonly options: OrdersOptions;
    }
  | {
      readonly kind: 'shrink';
      readonly program: Program;
      readonly signature: string;
      readonly options: ShrinkOptions;
    }
  | {
      readonly kind: 'explain';
      readonly program: Program;
      readonly schedule: string;
      readonly signature: string;
      readonly options: ExplainOptions;
    };

export type Reply =
  | { readonly kind: 'sampled'; readonly totals: BatchTotals }
  | { readonly kind: 'examined'; readonly runs: readonly ExaminedRun[] }
  | { readonly kind: 'proved'; readonly result: SearchResult }
  | { readonly kind: 'solved'; readonly result: ProbabilityResult }
  | { readonly kind: 'ordered'; readonly result: OrdersResult }
  | { readonly kind: 'shrunk'; readonly result: ShrinkResult }
  | { readonly kind: 'explained'; readonly result: ExplainResult }
  /** The program does not fit a bound it or the engine declares; the message says which. */
  | { readonly kind: 'failed'; readonly message: string };
