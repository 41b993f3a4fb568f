/** Two threads against one: schedules per second of processor time. */
import { mergeTotals, type BatchTotals } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { measureAsync, speed } from './rounds.js';
import { agree, row, type Row } from './row.js';

const ROUNDS = 7;
const COUNT = 2_000_000;

const start = (program: Program): Worker =>
  new Worker(new URL('./sample-thread.js', import.meta.url), { workerData: { program } });

async function sample(worker: Worker, from: number, count: number): Promise<BatchTotals> {
  worker.postMessage({ from, count });
  const [totals] = (await once(worker, 'message')) as [BatchTotals];
  return totals;
}

export async function twoThreads(address: string): Promise<Row> {
  const program = compileAddress(`${address}/main`);
  const [first, second] = [start(program), start(program)];
  try {
    await Promise.all([sample(first, 0, COUNT), sample(second, 0, COUNT)]);
    const rounds: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      let one: unknown;
      let both: unknown;
      const alone = await measureAsync(async () => {
        one = await sample(first, 0, COUNT);
        return COUNT;
      });
      const together = await measureAsync(async () => {
        const half = COUNT / 2;
        const [a, b] = await Promise.all([sample(first, 0, half), sample(second, half, half)]);
        both = mergeTotals(a, b);
        return COUNT;
      });
      agree('one thread and two', one, both);
      rounds.push([speed(together), speed(alone)]);
    }
    return row(`two threads / one, ${address}`, 0.95, 'schedules/CPU-s', rounds);
  } finally {
    await Promise.all([first.terminate(), second.terminate()]);
  }
}
