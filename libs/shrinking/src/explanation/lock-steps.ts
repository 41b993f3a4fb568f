/** Which locks are held in a run, since which step: from the lock events of its trace. */
import type { LockEvent, Trace } from '@lastref/kernel';

export interface Acquisition {
  readonly index: number;
  readonly task: number;
  readonly lock: string;
  readonly lockClass: string;
  /** What the task held then, the last it had taken. */
  readonly holding: string | null;
}

type Held = Map<number, Acquisition[]>;

/** Tells of each step with what every task holds before it. @returns what is held in the end */
function walk(
  { steps }: Trace,
  look: (index: number, held: Held, event: LockEvent, made: Acquisition) => void,
): Held {
  const held: Held = new Map();
  steps.forEach(({ task, locks }, index) => {
    for (const event of locks) {
      const own = held.get(task) ?? [];
      held.set(task, own);
      if (event.event === 'release') {
        const last = own.findLastIndex(({ lock }) => lock === event.lock);
        if (last >= 0) own.splice(last, 1);
        continue;
      }
      const holding = own[own.length - 1]?.lock ?? null;
      const made = { index, task, lock: event.lock, lockClass: event.lockClass, holding };
      look(index, held, event, made);
      own.push(made);
    }
  });
  return held;
}

/** What is held at the end of the run. */
export const acquisitions = (trace: Trace): readonly Acquisition[] =>
  [...walk(trace, () => undefined).values()].flat();

/** Locks that the task holds before the step of that index. */
export function heldBefore(trace: Trace, index: number, task: number): readonly string[] {
  const held = walk({ ...trace, steps: trace.steps.slice(0, index) }, () => undefined);
  return (held.get(task) ?? []).map(({ lock }) => lock);
}

/** The steps that make the edges of a lock-order cycle; of one that a task is blocked at, the step that took what it holds. */
export function cycleOf(trace: Trace, signature: string): readonly Acquisition[] {
  const classes = signature.slice(signature.indexOf('@') + 1).split('+');
  const outerOf = (own: readonly Acquisition[], lockClass: string): Acquisition | undefined => {
    const i = classes.indexOf(lockClass);
    const before = classes[(i + classes.length - 1) % classes.length];
    return i < 0 ? undefined : own.find((one) => one.lockClass === before);
  };
  const found: Acquisition[] = [];
  const held = walk(trace, (_, all, { lockClass }, made) => {
    const outer = outerOf(all.get(made.task) ?? [], lockClass);
    if (outer !== undefined) found.push({ ...made, holding: outer.lock });
  });
  const blocked = trace.waiting.flatMap(
    ({ task, wants }) => outerOf(held.get(task) ?? [], wants ?? '') ?? [],
  );
  return [...found, ...blocked];
}
