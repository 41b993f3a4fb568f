/** The inside of a benchmark thread: samples the range it is given, says what came of it and what it took. */
import { Sampler, type BatchTotals } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { parentPort, workerData } from 'node:worker_threads';
import { threadSeconds } from './thread-clock.js';

export interface SampleOrder {
  readonly from: number;
  readonly count: number;
}

export interface Sampled {
  readonly totals: BatchTotals;
  /** Processor time of this thread, null where the system does not say. */
  readonly seconds: number | null;
}

const { program } = workerData as { program: Program };
const sampler = new Sampler(program, 'rw/1');

function sample({ from, count }: SampleOrder): Sampled {
  const before = threadSeconds();
  sampler.clear();
  sampler.run(from, count);
  const after = threadSeconds();
  return {
    totals: sampler.totals(),
    seconds: before === null || after === null ? null : after - before,
  };
}

parentPort?.on('message', (order: SampleOrder) => {
  parentPort?.postMessage(sample(order));
});
