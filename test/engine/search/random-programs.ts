/** Random small programs, for searches that must agree: two or three tasks, and a worker with one kind of item. */
import { BuildError, fn, task, type Ref, type TaskSpec } from '@lastref/authoring';
import type { Program } from '@lastref/kernel';
import fc from 'fast-check';
import { tiny } from '../support/tiny.js';
import {
  AROUND,
  driver,
  shared,
  SIMPLE,
  Thing,
  Wq,
  write,
  type Statement,
} from './random-statements.js';

const keysOf = <K extends string>(of: Readonly<Record<K, unknown>>): K[] => Object.keys(of) as K[];

type TaskBody = TaskSpec['body'];

const simple: fc.Arbitrary<Statement> = fc
  .constantFrom(...keysOf(SIMPLE))
  .map((name) => ({ do: name }));
const nested: fc.Arbitrary<Statement> = fc.record({
  around: fc.constantFrom(...keysOf(AROUND)),
  inside: fc.array(simple, { maxLength: 3 }),
});
const twice: fc.Arbitrary<Statement> = fc.record({
  around: fc.constantFrom(...keysOf(AROUND)),
  inside: fc.array(fc.oneof(simple, nested), { minLength: 1, maxLength: 2 }),
});
const statements = (most: number): fc.Arbitrary<Statement[]> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: simple },
      { weight: 3, arbitrary: nested },
      { weight: 2, arbitrary: twice },
    ),
    { minLength: 1, maxLength: most },
  );

export interface RandomProgram {
  readonly tasks: readonly [Statement[], Statement[], Statement[]];
  readonly item: readonly Statement[];
  readonly third: 'absent' | 'optional' | 'after' | 'plain' | 'twin';
  readonly prepared: readonly Statement[];
  readonly ordered: boolean;
  readonly budget: number;
  /** The task loads the shared pointer first. */
  readonly loads: boolean;
  readonly text: boolean;
}

export const randomProgram: fc.Arbitrary<RandomProgram> = fc.record({
  tasks: fc.tuple(statements(4), statements(4), statements(3)),
  item: statements(2),
  third: fc.constantFrom('absent', 'absent', 'optional', 'after', 'plain', 'twin'),
  prepared: fc.subarray<Statement>([
    { do: 'init' },
    { do: 'activate' },
    { do: 'setX' },
    { do: 'complete' },
    { do: 'insert' },
    { do: 'listAdd' },
  ]),
  ordered: fc.boolean(),
  budget: fc.integer({ min: 0, max: 2 }),
  loads: fc.boolean(),
  text: fc.boolean(),
});

/** The program, or undefined where the description builds none. */
export function buildRandom(spec: RandomProgram): Program | undefined {
  try {
    return build(spec);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

function build({
  tasks,
  item,
  third,
  prepared,
  ordered,
  budget,
  loads,
  text,
}: RandomProgram): Program {
  const body = (name: string, place: string, list: readonly Statement[]): TaskBody => {
    const called = fn(name, place, (f) => {
      const p = f.pointer('p', Thing);
      if (loads) SIMPLE.load({ f, p });
      write({ f, p }, list);
    });
    return (f) => {
      f.call(called);
    };
  };
  const [first, second, last] = [
    body('first', 'a.c', tasks[0]),
    body('second', text ? 'driver.c' : 'a.c', tasks[1]),
    body('third', 'a.c', tasks[2]),
  ];
  const run_item = fn('run_item', 'a.c', (f, owner: Ref<typeof Thing>) => {
    const p = f.pointer('p', Thing);
    f.set(p, owner);
    write({ f, p }, item);
  });
  const labels = JSON.stringify([tasks, item]);
  const has = (label: string): boolean => labels.includes(`"${label}"`);
  const extra = {
    absent: [],
    plain: [task('third', last)],
    optional: [task('third', last, { optional: 32_768 })],
    after: has('early') ? [task('third', last, { after: 'early' })] : [task('third', last)],
    twin: [task('third', second)],
  }[third];
  return tiny({
    works: [[Thing, 'item', run_item]],
    modules: [driver],
    given: (f) => {
      f.INIT_LIST_HEAD(shared.head);
      f.store(shared.queue, f.alloc_workqueue(Wq));
      const p = f.pointer('p', Thing);
      f.set(p, f.kzalloc(Thing));
      f.store(shared.thing, p);
      write({ f, p }, prepared);
    },
    tasks: [task('first', first), task('second', second), ...extra],
    ...(ordered && has('early') && has('late') ? { order: [['early', 'late']] } : {}),
    ...(has('allocOrFail') && budget > 0
      ? { faults: { budget, points: { 'no memory': 1000 } } }
      : {}),
  });
}
