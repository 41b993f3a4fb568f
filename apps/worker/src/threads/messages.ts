/**
 * What a process asks of a thread, and what comes back. `refused` is a domain answer (nothing to shrink);
 * `failed` is reported and counts towards quarantine.
 */
import type { Orders, Search, ShardResult } from '@lastref/contracts';

export interface ProgramBytes {
  digest: string;
  bytes: string;
}

export interface ExploreOrder {
  kind: 'explore';
  program: ProgramBytes;
  strategy: string;
  seedFrom: number;
  count: number;
  /** Seeds at or above a signature's cut-off are not kept, so they are not replayed either. */
  cutOffs: ReadonlyMap<string, number>;
  /** On a thread that explores nothing else in this process. */
  aside: boolean;
  control: SharedArrayBuffer;
}

export interface ShrinkOrder {
  kind: 'shrink';
  program: ProgramBytes;
  signature: string;
  /** Schedule of a kept failure; null if there is none. */
  start: string | null;
}

export interface ProveOrder extends Bounds {
  kind: 'prove';
  program: ProgramBytes;
  symmetry: boolean;
  reduce: boolean;
}

export interface OrdersOrder extends Bounds {
  kind: 'orders';
  program: ProgramBytes;
  milestones?: readonly string[] | undefined;
}

/** A shrink that was asked for, not one that follows from a bug: it says how far it is, and can be cancelled. */
export interface ShrinkRunOrder {
  kind: 'shrink-run';
  program: ProgramBytes;
  signature: string;
  start: string | null;
  maxNodes: number;
  control: SharedArrayBuffer;
}

interface Bounds {
  maxStates: number;
  maxBytes: number;
  control: SharedArrayBuffer;
}

export type SearchOrder = ProveOrder | OrdersOrder | ShrinkRunOrder;

export type Order = ExploreOrder | ShrinkOrder | SearchOrder;

export interface ShrunkBug {
  grade: string;
  cost: { events: number; preemptions: number; switches: number; steps: number };
  schedule: string;
  traceDigest: string;
  /** JSON text. */
  certificate: string;
}

export type Answer =
  | { kind: 'explored'; result: ShardResult }
  | { kind: 'shrunk'; bug: ShrunkBug }
  | { kind: 'proved'; search: Search }
  | { kind: 'ordered'; orders: Orders }
  | { kind: 'cancelled' }
  | { kind: 'refused'; message: string }
  | { kind: 'failed'; message: string };
