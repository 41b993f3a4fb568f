/** A shrinker of the comparison: from a run that meets the failure to one that does and is hoped to be cheaper. */
import { assert } from '@lastref/kernel';
import type { Choice, Lenient, LenientRun } from './lenient.js';

export type Shrinker = (run: LenientRun, lenient: Lenient) => LenientRun;

/** The run of choices that are known to meet the failure. */
export function runOf(choices: readonly Choice[], lenient: Lenient): LenientRun {
  const run = lenient.execute(choices);
  assert(run !== null, 'what a shrinker has kept meets the failure');
  return run;
}
