/** Events of Chrome's trace event format, as far as they are used here. Times are microseconds. */
interface Common {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly args?: object;
}

interface Timed extends Common {
  readonly ts: number;
  readonly cat: string;
}

export type TraceEvent =
  | (Common & { readonly ph: 'M' })
  | (Timed & { readonly ph: 'X'; readonly dur: number })
  | (Timed & { readonly ph: 'i'; readonly s: 'g' })
  | (Timed & { readonly ph: 'b' | 'e' | 's'; readonly id: number })
  | (Timed & { readonly ph: 'f'; readonly bp: 'e'; readonly id: number });

/** The run is one process. */
export const PROCESS = 1;

/** A step takes so long. */
export const STEP = 1;

export const begin = (step: number): number => (step - 1) * STEP;
export const end = (step: number): number => step * STEP;
