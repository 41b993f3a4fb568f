/** What the steps before a state say of it, which the state does not hold: by which step a lock was taken or an object freed. */
import type { Trace, TraceStep } from '@lastref/kernel';

const lockKey = (task: number, lock: string): string => `${task} ${lock}`;

export class History {
  private readonly locks = new Map<string, TraceStep[]>();
  private readonly objects = new Map<string, TraceStep[]>();
  /** Per task: the number of its first step. */
  private readonly first = new Map<number, number>();

  constructor({ steps }: Trace) {
    for (const step of steps) {
      if (!this.first.has(step.task)) this.first.set(step.task, step.n);
      for (const { lock, event } of step.locks)
        if (event !== 'release') note(this.locks, lockKey(step.task, lock), step);
      for (const { object } of step.objects) note(this.objects, object, step);
    }
  }

  /** The last step, up to step `n`, by which the task took the lock. */
  took(task: number, lock: string, n: number): TraceStep | undefined {
    return lastUpTo(this.locks.get(lockKey(task, lock)), n);
  }

  /** The last step, up to step `n`, that allocated or freed the object. */
  changedLife(object: string, n: number): TraceStep | undefined {
    return lastUpTo(this.objects.get(object), n);
  }

  hasRun(task: number, n: number): boolean {
    return (this.first.get(task) ?? Infinity) <= n;
  }
}

function note(map: Map<string, TraceStep[]>, key: string, step: TraceStep): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [step]);
  else known.push(step);
}

const lastUpTo = (steps: readonly TraceStep[] | undefined, n: number): TraceStep | undefined =>
  steps?.findLast((step) => step.n <= n);
