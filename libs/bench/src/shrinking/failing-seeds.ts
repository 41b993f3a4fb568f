/** Failing seeds of a program, per failure: the lowest, as many as are asked for or as a bounded hunt meets. */
import { Sampler } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { STRATEGY } from './contenders.js';

const FIRST_SLICE = 10_000;

export interface Failing {
  readonly signature: string;
  readonly seeds: readonly number[];
}

/** @param schedules after which the hunt ends, however few seeds a failure has */
export function failingSeeds(program: Program, seeds: number, schedules: number): Failing[] {
  const sampler = new Sampler(program, STRATEGY, { keep: seeds });
  for (let done = 0, slice = FIRST_SLICE; done < schedules; slice *= 2) {
    const count = Math.min(slice, schedules - done);
    sampler.run(done, count);
    done += count;
    const found = failures(sampler);
    if (found.length > 0 && found.every((failing) => failing.seeds.length === seeds)) return found;
  }
  return failures(sampler);
}

const failures = (sampler: Sampler): Failing[] =>
  sampler
    .totals()
    .signatures.filter(({ report }) => !report)
    .map(({ signature, lowestSeeds }) => ({ signature, seeds: lowestSeeds }));
