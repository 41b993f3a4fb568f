/** The inside of a benchmark thread: samples the range it is given, says what came of it and what it took. */
import { Sampler, type BatchTotals } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { onOrders } from '@lastref/threads';
import { threadSeconds } from './thread-clock.js';

export interface SampleOrder {
  readonly program: Program;
  readonly from: number;
  readonly count: number;
}

export interface Sampled {
  readonly totals: BatchTotals;
  /** Processor time of this thread, null where the system does not say. */
  readonly seconds: number | null;
}

/** Of the first program: a thread of the benchmark gets no other. */
let sampler: Sampler | undefined;

function sample({ program, from, count }: SampleOrder): Sampled {
  sampler ??= new Sampler(program, 'rw/1');
  const before = threadSeconds();
  sampler.clear();
  sampler.run(from, count);
  const after = threadSeconds();
  return {
    totals: sampler.totals(),
    seconds: before === null || after === null ? null : after - before,
  };
}

onOrders((order) => sample(order as SampleOrder));
