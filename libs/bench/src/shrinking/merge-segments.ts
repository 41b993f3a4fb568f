/**
 * Merging segments: N. Jalbert, K. Sen, "A trace simplification technique for effective debugging of concurrent programs",
 * FSE 2010. Three moves, until none helps: the last segment goes; a segment's next of the same task is moved up to it; it is
 * moved down to that one. A move is kept if the failure is still met with fewer switches, or by fewer steps with as many.
 */
import type { Lenient, LenientRun } from './lenient.js';
import { segmentsOf, type Segment } from './segments.js';
import type { Shrinker } from './shrinker.js';

export const mergeSegments: Shrinker = (start, lenient) => {
  let run = start;
  for (let better = improved(run, lenient); better !== null; better = improved(run, lenient))
    run = better;
  return run;
};

function improved(run: LenientRun, lenient: Lenient): LenientRun | null {
  const segments = segmentsOf(run.choices);
  for (const moved of moves(segments)) {
    const made = lenient.execute(moved.flat());
    if (made !== null && simpler(made, run)) return made;
  }
  return null;
}

const simpler = ({ cost: a }: LenientRun, { cost: b }: LenientRun): boolean =>
  a.switches < b.switches || (a.switches === b.switches && a.steps < b.steps);

function* moves(segments: readonly Segment[]): Generator<readonly Segment[]> {
  yield segments.slice(0, -1);
  for (let i = 0; i < segments.length; i++) {
    const here = segments[i] ?? [];
    const next = segments.findIndex((s, j) => j > i && s[0]?.task === here[0]?.task);
    if (next < 0) continue;
    const there = segments[next] ?? [];
    const between = segments.slice(i + 1, next);
    const [before, behind] = [segments.slice(0, i), segments.slice(next + 1)];
    yield [...before, here, there, ...between, ...behind];
    yield [...before, ...between, here, there, ...behind];
  }
}
