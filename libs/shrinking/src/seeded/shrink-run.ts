/**
 * Runs all passes over a failing run until none of them finds anything cheaper: a fixpoint, so the result is 1-minimal
 * with respect to the passes. Every accepted candidate costs less, so it ends; the same run gives the same result.
 */
import type { Candidates } from './candidates.js';
import type { Pass } from './pass.js';
import { PASSES } from './passes.js';
import type { Run } from './plan.js';

/** @returns a run from which no pass leads to a cheaper one, unless the budget of steps ended before */
export function shrinkRun(candidates: Candidates, start: Run): Run {
  let run = start;
  for (;;) {
    const before = run;
    for (const pass of PASSES) run = applied(candidates, pass, run);
    if (run === before) return run;
  }
}

/** A position is asked again after an improvement, for there is another run to improve now. */
function applied(candidates: Candidates, pass: Pass, start: Run): Run {
  let run = start;
  for (let position = 0; !candidates.exhausted;) {
    const better = firstBetter(candidates, pass, run, position);
    if (better === undefined) return run;
    if (better === null) position++;
    else run = better;
  }
  return run;
}

/** undefined past the last position, null if no candidate there is better. */
function firstBetter(
  candidates: Candidates,
  pass: Pass,
  run: Run,
  position: number,
): Run | null | undefined {
  const plans = pass.at(run, position);
  if (plans === undefined) return undefined;
  for (const plan of plans) {
    const better = candidates.better(pass.name, plan, run);
    if (better !== null) return better;
  }
  return null;
}
