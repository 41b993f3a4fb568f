/**
 * The orders that a run consists of. Pairs of dependent steps of different tasks with no third step that comes behind the first and
 * before the second for reasons of its own: the other orders of a run follow from these and from each task's own. And pairs of
 * acquisitions of one lock with none between. A lock keeps two apart and does not say who is first, so nothing follows from who
 * had it first: what was ordered by hand-over of a lock alone is told as the order that it is.
 */
import { slotTouched } from '@lastref/kernel';
import type { Dependence } from './dependence.js';
import type { RecordedRun, RecordedStep } from './recorded-run.js';

export interface Pair {
  /** Indices of the run's steps, from 0. */
  readonly first: number;
  readonly second: number;
}

export interface RunOrder {
  readonly pairs: readonly Pair[];
  /** Whether a step is bound to come behind another, or is it. */
  follows(later: number, earlier: number): boolean;
}

export function orderOf({ steps }: RecordedRun, dependence: Dependence): RunOrder {
  /** Per step, those that are bound to come before it, and itself. */
  const past: Uint8Array[] = [];
  const pairs: Pair[] = [];
  steps.forEach((step, n) => {
    const own = new Uint8Array(steps.length);
    own[n] = 1;
    for (let before = n - 1; before >= 0; before--) {
      const earlier = steps[before];
      if (earlier === undefined || own[before] === 1) continue;
      if (dependence.onlyExclude(earlier, step)) continue;
      if (!dependence.between(earlier, step) && !lets(steps, before, n)) continue;
      past[before]?.forEach((bound, i) => {
        if (bound === 1) own[i] = 1;
      });
      if (earlier.task !== step.task) pairs.push({ first: before, second: n });
    }
    past.push(own);
    if (dependence.takesLock(step)) pairs.push(...handOver(steps, n, dependence));
  });
  return {
    pairs: pairs.sort((a, b) => a.first - b.first || a.second - b.second),
    follows: (later, earlier) => past[later]?.[earlier] === 1,
  };
}

/** The last that took the lock before, if that was another task. */
function handOver(steps: readonly RecordedStep[], n: number, dependence: Dependence): Pair[] {
  const step = steps[n];
  const first = steps.findLastIndex(
    (earlier, i) =>
      i < n && dependence.takesLock(earlier) && sameSlot(earlier.print, step?.print ?? 0),
  );
  return first < 0 || steps[first]?.task === step?.task ? [] : [{ first, second: n }];
}

const sameSlot = (a: number, b: number): boolean =>
  slotTouched(a) >= 0 && slotTouched(a) === slotTouched(b);

/** Whether a step let the task go, or held it, that takes the other as its next. */
function lets(steps: readonly RecordedStep[], by: number, other: number): boolean {
  const step = steps[by];
  const task = steps[other]?.task ?? -1;
  if (step === undefined || step.after === 0) return false;
  for (let i = by + 1; i < other; i++) if (steps[i]?.task === task) return false;
  return ((step.before ^ step.after) & (1 << task)) !== 0;
}
