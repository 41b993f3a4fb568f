/**
 * Which step of a run leads to which of another task: by waking it, by letting go of the lock that it takes, and, of the
 * memory a failure is about, by freeing what it uses. The first two order the steps on any machine; the last is the race.
 */
import type { Trace } from '@lastref/kernel';
import type { RunContext } from '@lastref/kernel';

export interface Link {
  readonly kind: 'wakes' | 'unlocks' | 'frees';
  /** Numbers of steps. */
  readonly from: number;
  readonly to: number;
  /** The lock or object, where it is about one. */
  readonly what?: string;
}

export const ordersSteps = ({ kind }: Link): boolean => kind !== 'frees';

/** In the order of the steps they lead to. */
export function linksOf(trace: Trace, context: RunContext): Link[] {
  const links = [...wakeLinks(trace, context), ...lockLinks(trace), ...freeLinks(trace)];
  return links.sort((a, b) => a.to - b.to || a.from - b.from);
}

/** The last step that made a task able to go on, before the step by which it does. */
function wakeLinks({ steps }: Trace, context: RunContext): Link[] {
  const woken = new Map<number, number>();
  return steps.flatMap(({ n, task }, i): Link[] => {
    const from = woken.get(task);
    woken.delete(task);
    for (const other of context.steps[i]?.wakes ?? []) woken.set(other, n);
    return from === undefined ? [] : [{ kind: 'wakes', from, to: n }];
  });
}

/** Of each other task the last release of a lock, since the task took it last. */
function lockLinks({ steps }: Trace): Link[] {
  const released = new Map<string, Map<number, number>>();
  const taken = new Map<string, number>();
  return steps.flatMap(({ n, task, locks }) =>
    locks.flatMap(({ event, lock }): Link[] => {
      const byTask = released.get(lock) ?? new Map<number, number>();
      released.set(lock, byTask);
      if (event === 'release') {
        byTask.set(task, n);
        return [];
      }
      const own = `${task} ${lock}`;
      const since = taken.get(own) ?? 0;
      taken.set(own, n);
      return [...byTask].flatMap(([other, from]): Link[] =>
        other === task || from < since ? [] : [{ kind: 'unlocks', from, to: n, what: lock }],
      );
    }),
  );
}

function freeLinks({ culprit, steps, verdict }: Trace): Link[] {
  const last = steps[steps.length - 1];
  if (culprit === undefined || last === undefined || verdict.outcome !== 'failed') return [];
  const freed = steps.findLast(({ objects }) =>
    objects.some(({ object, event }) => object === culprit.object && event === 'freed'),
  );
  if (freed === undefined || freed.n === last.n) return [];
  return [{ kind: 'frees', from: freed.n, to: last.n, what: culprit.object }];
}
