/** Random programs of a few steps: tasks that run from the start, some that others start, and a worker that one of them feeds. */
import { flag, fn, mutex, ptr, statics, Struct, task, work, Workqueue } from '@lastref/authoring';
import type { FunctionBuilder, TaskSpec } from '@lastref/authoring';
import type { Program } from '@lastref/kernel';
import fc from 'fast-check';
import { tiny, type TinyCase } from '../support/tiny.js';

class Thing extends Struct {
  static override readonly tag = 'thing';
  item = work();
}
class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
const shared = statics({
  a: flag(),
  b: flag(),
  lock: mutex(),
  thing: ptr(() => Thing),
  wq: ptr(() => Wq),
});

const step = fc.constantFrom('a', 'b', 'a', 'b', 'a', 'b', 'look', 'branch', 'lock');
type Step = 'a' | 'b' | 'look' | 'branch' | 'lock';

export interface SmallProgram {
  readonly tasks: readonly (readonly Step[])[];
  /** Each is started by the task of that number, on its last step. */
  readonly started: readonly { readonly by: number; readonly steps: readonly Step[] }[];
  /** What the worker does that the first task feeds before its own steps; without it there is none. */
  readonly item: readonly Step[] | undefined;
}

const steps = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(step, { minLength: 1, maxLength });

export const smallProgram: fc.Arbitrary<SmallProgram> = fc.oneof(
  fc.record({
    tasks: fc.array(steps(2), { minLength: 1, maxLength: 2 }),
    started: fc.array(fc.record({ by: fc.nat({ max: 1 }), steps: steps(2) }), {
      minLength: 1,
      maxLength: 2,
    }),
    item: fc.constant(undefined),
  }),
  fc.record({
    tasks: fc.tuple(fc.array(fc.constantFrom<Step>('a', 'b'), { maxLength: 1 }), steps(2)),
    started: fc.constant([]),
    item: steps(1),
  }),
);

function write(f: FunctionBuilder, what: Step): void {
  switch (what) {
    case 'a':
    case 'b':
      f.set_bit(shared[what]);
      return;
    case 'look':
      f.ignore(f.test_bit(shared.a));
      return;
    case 'branch':
      f.if(f.test_bit(shared.a), () => {
        f.set_bit(shared.b);
      });
      return;
    case 'lock':
      f.mutex_lock(shared.lock);
      f.mutex_unlock(shared.lock);
      return;
  }
}

function withQueue(item: readonly Step[]): Pick<TinyCase, 'works' | 'given'> {
  const run_item = fn('run_item', 'a.c', (f) => {
    for (const what of item) write(f, what);
  });
  return {
    works: [[Thing, 'item', run_item]],
    given: (f) => {
      f.store(shared.thing, f.kzalloc(Thing));
      f.store(shared.wq, f.alloc_workqueue(Wq));
    },
  };
}

export function build({ tasks, started, item }: SmallProgram): Program {
  const starts = (f: FunctionBuilder, by: number): void => {
    started.forEach((late, i) => {
      if (late.by % tasks.length !== by) return;
      f.milestone(`start ${i}`);
      f.set_bit(shared.b);
    });
  };
  const first = (body: readonly Step[], number: number): TaskSpec =>
    task(`task ${number}`, (f) => {
      if (number === 0 && item !== undefined)
        f.queue_work(f.load(shared.wq), f.load(shared.thing).item);
      for (const what of body) write(f, what);
      starts(f, number);
    });
  return tiny({
    ...(item === undefined ? {} : withQueue(item)),
    tasks: [
      ...tasks.map(first),
      ...started.map((late, i) =>
        task(
          `late ${i}`,
          (f) => {
            for (const what of late.steps) write(f, what);
          },
          { after: `start ${i}` },
        ),
      ),
    ],
  });
}
