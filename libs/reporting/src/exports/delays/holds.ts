/**
 * Where a run has to be held back to go as it went: a task that could go on while others did. Between two steps of a task (or
 * before its first, or after its last) it is to be held as long as it could go on; where it was blocked the kernel holds it by
 * itself. Exact: by who was able to go on at every step.
 */
import type { RunContext, Trace } from '@lastref/kernel';

export interface Hold {
  readonly task: number;
  /** The step of the task behind which it is held; 0: before its first. */
  readonly after: number;
  /** The step with which it goes on; absent where it takes none any more. */
  readonly before?: number;
  /** It is held until this step of another task has been executed. */
  readonly until: number;
  /** Why it must not sleep meanwhile. */
  readonly atomic?: string;
}

/** By where they begin. */
export function holdsOf(trace: Trace, context: RunContext): Hold[] {
  const tasks = trace.tasks.map((_, task) => task);
  return tasks
    .flatMap((task) => holdsOfTask(trace, context, task))
    .sort((a, b) => a.after - b.after || a.until - b.until);
}

function holdsOfTask({ steps }: Trace, context: RunContext, task: number): Hold[] {
  const own = steps.filter((step) => step.task === task).map(({ n }) => n);
  const gaps = [0, ...own].map((after, i): readonly [number, number | undefined] => [
    after,
    own[i],
  ]);
  return gaps.flatMap(([after, before]): Hold[] => {
    const others = steps.slice(after, before === undefined ? steps.length : before - 1);
    const last = others.findLast(({ n }) => context.steps[n - 1]?.ready.includes(task) === true);
    if (last === undefined) return [];
    const atomic = after === 0 ? undefined : context.steps[after - 1]?.atomic;
    return [
      {
        task,
        after,
        until: last.n,
        ...(before === undefined ? {} : { before }),
        ...(atomic === undefined ? {} : { atomic }),
      },
    ];
  });
}

/**
 * How long each hold lasts, in units that all that happens in between is short against. Holds end one after another, those that
 * end behind one step together; a hold lasts from how many had ended before it began until it ends.
 */
export function lengthsOf(holds: readonly Hold[]): number[] {
  const ends = [...new Set(holds.map(({ until }) => until))].sort((a, b) => a - b);
  const endedBefore = (step: number): number => ends.filter((end) => end < step).length;
  return holds.map(({ after, until }) => endedBefore(until + 1) - endedBefore(after));
}
