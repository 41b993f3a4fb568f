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
  /** The step that makes a worker, timer or handler begin, if it is held before that; else `after`. */
  readonly from: number;
  /** The step with which it goes on; absent where it takes none any more. */
  readonly before?: number;
  /** It is held until this step of another task has been executed. */
  readonly until: number;
  /** It is held before it takes up an item, fires, or handles what came. */
  readonly raised?: true;
  /** Why it must not sleep meanwhile. */
  readonly atomic?: string;
}

/** By where they begin. */
export function holdsOf(trace: Trace, context: RunContext): Hold[] {
  const tasks = trace.tasks.map((_, task) => task);
  return tasks
    .flatMap((task) => holdsOfTask(trace, context, task))
    .sort((a, b) => a.from - b.from || a.until - b.until);
}

function holdsOfTask({ steps }: Trace, context: RunContext, task: number): Hold[] {
  const own = steps.filter((step) => step.task === task).map(({ n }) => n);
  const gaps = [0, ...own].map((after, i): readonly [number, number | undefined] => [
    after,
    own[i],
  ]);
  return gaps.flatMap(([after, before]): Hold[] => {
    const others = steps.slice(after, before === undefined ? steps.length : before - 1);
    const ready = others.filter(({ n }) => context.steps[n - 1]?.ready.includes(task) === true);
    const [first, last] = [ready[0], ready[ready.length - 1]];
    if (first === undefined || last === undefined) return [];
    const begins = before !== undefined && context.steps[before - 1]?.begins === true;
    const raised = begins && context.kinds[task] !== 'task';
    const atomic = after === 0 || raised ? undefined : context.steps[after - 1]?.atomic;
    return [
      {
        task,
        after,
        from: raised ? first.n - 1 : after,
        until: last.n,
        ...(before === undefined ? {} : { before }),
        ...(raised ? { raised } : {}),
        ...(atomic === undefined ? {} : { atomic }),
      },
    ];
  });
}

/**
 * How long each hold lasts, in units that all the steps in between are short against: until one unit after the step that it is to
 * outlast. Time passes only while nobody may go on, so that what begins later counts from then.
 */
export function lengthsOf(holds: readonly Hold[], steps: number): number[] {
  const at = [0];
  const endOf = ({ until }: Hold): number => (at[until] ?? 0) + 1;
  for (let n = 1; n <= steps; n++) {
    const freed = holds.filter(({ before }) => before === n).map(endOf);
    at.push(Math.max(at[n - 1] ?? 0, ...freed));
  }
  return holds.map((hold) => endOf(hold) - (at[hold.from] ?? 0));
}
