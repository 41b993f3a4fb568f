/** The shrinkers side by side: the same failing run for each, and the same things counted. */
import { replay } from '@lastref/exploration';
import { assert, type Cost, type Program } from '@lastref/kernel';
import { shrink } from '@lastref/shrinking';
import { ddminSegments } from './ddmin-segments.js';
import { ddminSteps } from './ddmin-steps.js';
import { Lenient, type LenientRun } from './lenient.js';
import { mergeSegments } from './merge-segments.js';
import type { Shrinker } from './shrinker.js';

/** What one shrinker made of one failing run. */
export interface Shrunk {
  readonly executions: number;
  /** Steps executed; those of an exact search are its nodes, each looked at once. */
  readonly steps: number;
  readonly cost: Cost;
}

export type Contender = (program: Program, signature: string, seed: number) => Shrunk;

export const STRATEGY = 'rw/1';

const theirs =
  (shrinker: Shrinker): Contender =>
  (program, signature, seed) => {
    const lenient = new Lenient(program, signature);
    const { cost } = shrinker(failingRun(program, seed), lenient);
    return { executions: lenient.executions, steps: lenient.steps, cost };
  };

/** @param maxNodes of the exact search behind the passes */
const ours =
  (maxNodes?: number): Contender =>
  (program, signature, seed) => {
    const start = { strategy: STRATEGY, seed };
    const result = shrink(program, signature, { start, maxNodes });
    assert(result.ok, 'a failing seed is shrunk');
    const { passes, reproduction } = result;
    const executed = passes.map(({ candidates, cached }) => candidates - cached);
    return {
      executions: sum(executed) + 1,
      steps: sum(passes.map(({ steps }) => steps)) + reproduction.certificate.nodes,
      cost: reproduction.cost,
    };
  };

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

export const CONTENDERS: readonly (readonly [name: string, contender: Contender])[] = [
  ['ddmin on steps', theirs(ddminSteps)],
  ['ddmin on segments', theirs(ddminSegments)],
  ['segment merging', theirs(mergeSegments)],
  ['our passes alone', ours(1)],
  ['our passes and exact search', ours()],
];

export function failingRun(program: Program, seed: number): LenientRun {
  const replayed = replay(program, { strategy: STRATEGY, seed });
  assert(replayed.ok, 'a seed is replayed');
  const { steps, cost } = replayed.trace;
  return { choices: steps.map(({ task, fault }) => ({ task, fault })), cost };
}
