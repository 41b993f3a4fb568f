/** The inside of a benchmark thread: samples the range it is given, says how many schedules it ran. */
import { Sampler } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { parentPort, workerData } from 'node:worker_threads';

export interface SampleOrder {
  readonly program: Program;
  readonly from: number;
  readonly count: number;
}

const { program } = workerData as { program: Program };
const sampler = new Sampler(program, 'rw/1');
parentPort?.on('message', ({ from, count }: SampleOrder) => {
  sampler.clear();
  sampler.run(from, count);
  parentPort?.postMessage(sampler.totals());
});
