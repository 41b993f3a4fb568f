/** What specs of shrinking share. */
import { Sampler } from '@lastref/exploration';
import type { Cost, Program } from '@lastref/kernel';
import { shrink, type Reproduction, type ShrinkOptions } from '@lastref/shrinking';

/** Every signature that seeds 0 to 1999 of a strategy show, with the lowest of them. */
export function failing(
  program: Program,
  strategy = 'rw/1',
  schedules = 2_000,
): { signature: string; seeds: readonly number[] }[] {
  const sampler = new Sampler(program, strategy);
  sampler.run(0, schedules);
  return sampler
    .totals()
    .signatures.map(({ signature, lowestSeeds }) => ({ signature, seeds: lowestSeeds }));
}

export function reproduced(
  program: Program,
  signature: string,
  options?: ShrinkOptions,
): Reproduction {
  const result = shrink(program, signature, options);
  if (!result.ok) throw new Error(result.message);
  return result.reproduction;
}

/** Below, at or above 0, as costs compare. */
export const compared = (a: Cost, b: Cost): number =>
  a.events - b.events ||
  a.preemptions - b.preemptions ||
  a.switches - b.switches ||
  a.steps - b.steps;
