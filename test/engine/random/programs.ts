/**
 * Random small programs: two to five tasks, some of them alike, and a worker with two kinds of items that may queue each
 * other. Most statements are legal somewhere and wrong elsewhere, so failures of all kinds occur beside clean runs.
 */
import { argument, BuildError, fn, type Ref, type TaskSpec } from '@lastref/authoring';
import { specOf, type Program } from '@lastref/kernel';
import fc from 'fast-check';
import { tiny } from '../support/tiny.js';
import { CROWD, IDIOMS, type Idiom } from './idioms.js';
import { FAULT_POINT, hasFault } from './operands.js';
import { CALLED, CLOSERS, OPENERS } from './placement.js';
import { write, type Statement } from './statements.js';
import { Board, Clock, driver, queueOf, shared, Thing, type Thread } from './world.js';

const idioms = Object.keys(IDIOMS) as Idiom[];
const ordinary = CALLED.filter((op) => !OPENERS.includes(op) && !CLOSERS.includes(op));
const picks = fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 11 }), fc.nat({ max: 11 }));

const mostly = fc.nat({ max: 15 }).map((n) => n > 0);

/** Statements of at most so many levels. */
function statement(levels: number): fc.Arbitrary<Statement> {
  const inside: fc.Arbitrary<readonly Statement[]> =
    levels === 0 ? fc.constant([]) : fc.array(statement(levels - 1), { maxLength: 2 });
  const called = (ops: typeof CALLED): fc.Arbitrary<Statement> =>
    fc.record({
      op: fc.constantFrom(...ops),
      picks,
      closed: mostly,
      careful: mostly,
      inside,
    });
  return fc.oneof(
    { weight: 8, arbitrary: called(ordinary) },
    { weight: 10, arbitrary: called(OPENERS) },
    { weight: 1, arbitrary: called(CLOSERS) },
    { weight: 9, arbitrary: fc.record({ idiom: fc.constantFrom(...idioms), inside }) },
  );
}
const LEVELS = 2;
const statements = (most: number): fc.Arbitrary<Statement[]> =>
  fc.array(statement(LEVELS), { minLength: 1, maxLength: most });

const start = fc.constantFrom('always', 'always', 'always', 'optional', 'after');

export interface GeneratedProgram {
  readonly bodies: readonly (readonly Statement[])[];
  /** Which body each task runs: tasks of one body are alike. */
  readonly tasks: readonly {
    readonly body: number;
    readonly start: 'always' | 'optional' | 'after';
  }[];
  readonly items: readonly [readonly Statement[], readonly Statement[]];
  readonly prepared: readonly Statement[];
  /** No object is shared at the start. */
  readonly bare: boolean;
  readonly ordered: boolean;
  readonly budget: number;
  readonly zeroed: boolean;
  /** Every function loads the shared pointer first. */
  readonly loads: boolean;
  /** There are as many objects as a crowd needs. */
  readonly crowded: boolean;
  /** The second body is text of the module. */
  readonly text: boolean;
  /** The prologue hands its object to the tasks. */
  readonly handed: boolean;
  /** The last task interrupts the first. */
  readonly interrupt: 'softirq' | 'hardirq' | undefined;
  /** Signals to the first tasks. */
  readonly signals: readonly ('interrupt' | 'kill')[];
  /** The queue runs two items at once. */
  readonly wide: boolean;
  /** Timers and timeouts may fire whenever they are armed. */
  readonly anyTime: boolean;
}

const call = (op: (typeof CALLED)[number], ...with_: number[]): Statement => ({
  op,
  picks: with_.length === 0 ? [0, 0, 0] : with_,
  closed: false,
  careful: false,
  inside: [],
});

export const generatedProgram: fc.Arbitrary<GeneratedProgram> = fc
  .integer({ min: 2, max: 5 })
  .chain((count) =>
    fc.record({
      bodies: fc.tuple(
        statements(count > 3 ? 3 : 5),
        statements(count > 3 ? 3 : 5),
        statements(count > 3 ? 2 : 4),
      ),
      tasks: fc.array(fc.record({ body: fc.nat({ max: 2 }), start }), {
        minLength: count,
        maxLength: count,
      }),
      items: fc.tuple(statements(2), statements(1)),
      bare: fc.nat({ max: 7 }).map((n) => n === 0),
      prepared: fc.subarray<Statement>([
        call('kernfs_create', 1, 0, 0),
        call('init_srcu_struct', 0, 0, 0),
        call('refcount_set', 1, 1, 0),
        call('complete'),
        call('idr_alloc'),
        call('list_add', 1, 0, 0),
        call('store', 0, 1, 0),
      ]),
      ordered: fc.boolean(),
      budget: fc.integer({ min: 0, max: 2 }),
      zeroed: fc.nat({ max: 2 }).map((n) => n === 0),
      loads: fc.nat({ max: 3 }).map((n) => n > 0),
      text: fc.boolean(),
      handed: fc.boolean(),
      interrupt: fc.constantFrom(undefined, undefined, undefined, undefined, 'softirq', 'hardirq'),
      signals: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        {
          weight: 1,
          arbitrary: fc.array(fc.constantFrom('interrupt' as const, 'kill' as const), {
            minLength: 1,
            maxLength: 2,
          }),
        },
      ),
      crowded: fc.nat({ max: 7 }).map((n) => n === 0),
      wide: fc.nat({ max: 3 }).map((n) => n === 0),
      anyTime: fc.nat({ max: 2 }).map((n) => n === 0),
    }),
  );

/** The program, or undefined where the description builds none. */
export function buildGenerated(spec: GeneratedProgram): Program | undefined {
  try {
    return build(spec);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

const isIdiom = (name: Idiom) => (statement: Statement) =>
  'idiom' in statement && statement.idiom === name;
/** Whether it works on a field of one of the kinds. */
const worksOn =
  (kinds: readonly string[], by: readonly Idiom[]) =>
  (statement: Statement): boolean =>
    'op' in statement
      ? specOf(statement.op).operands.some((o) => o.is === 'place' && kinds.includes(o.of[0] ?? ''))
      : by.includes(statement.idiom);
/** What has a time of its own. */
const onClock = worksOn(
  ['timer', 'hrtimer', 'delayed_work'],
  ['arm', 'armPrecise', 'later', 'stopClock', 'dropClock'],
);
/** What comes unasked. */
const onBoard = worksOn(
  ['irq', 'threaded_irq', 'tasklet'],
  ['raise', 'raiseThread', 'schedule', 'mask', 'stopBoard', 'dropBoard'],
);
const mayFail = (statement: Statement): boolean =>
  'op' in statement && hasFault(statement.op, statement.picks);
const contains = (list: readonly Statement[], is: (statement: Statement) => boolean): boolean =>
  list.some((statement) => is(statement) || contains(statement.inside, is));

const thing = argument('thing', Thing);
const WORDS = ['first', 'second', 'third'] as const;

function build(spec: GeneratedProgram): Program {
  const { bodies, tasks, items, prepared, bare, ordered, budget, zeroed, loads, text } = spec;
  const { crowded, handed } = spec;
  const queue = queueOf(spec.wide);
  const args = handed && !bare ? [thing] : [];
  const used = bodies.filter((_, b) => tasks.some(({ body }) => body === b));
  const has = (idiom: Idiom): boolean => used.some((list) => contains(list, isIdiom(idiom)));
  const taskBodies = bodies.map((list, i): TaskSpec['body'] => {
    const called = fn(
      WORDS[i] ?? 'other',
      text && i === 1 ? 'driver.c' : 'a.c',
      (f, object?: Ref<typeof Thing>) => {
        const p = f.pointer('p', Thing);
        if (object !== undefined) f.set(p, object);
        else if (loads) f.set(p, f.load(shared.thing));
        write({ f, p }, list);
      },
    );
    return (f, object?: Ref<typeof Thing>) => {
      f.call(called, object);
    };
  });
  const item = (name: string, list: readonly Statement[]) =>
    fn(name, 'a.c', (f, owner: Ref<typeof Thing>) => {
      const p = f.pointer('p', Thing);
      f.set(p, owner);
      write({ f, p }, list);
    });
  const uses = (is: (statement: Statement) => boolean): boolean =>
    [...used, ...items].some((list) => contains(list, is));
  const [hasClock, hasBoard] = [uses(onClock), uses(onBoard)];
  const ticks = (name: string, list: readonly Statement[], file = 'a.c') =>
    fn(name, file, (f) => {
      const p = f.pointer('p', Thing);
      f.set(p, f.load(shared.thing));
      write({ f, p }, list);
    });
  const isBefore = has('early') && (has('late') || has('lateWait'));
  return tiny({
    works: [
      [Thing, 'item', item('run_item', items[0])],
      [Thing, 'chained', item('run_chained', items[1])],
      [Clock, 'timer', ticks('tick', items[1])],
      [Clock, 'hrtimer', ticks('precise_tick', items[1])],
      [Clock, 'later', ticks('run_later', items[1])],
      [Board, 'line', ticks('handle', items[1], text ? 'driver.c' : 'a.c')],
      [Board, 'thread', ticks('handle_in_thread', items[0])],
      [Board, 'tasklet', ticks('bottom_half', items[1])],
    ],
    modules: [driver],
    given: (f) => {
      f.INIT_LIST_HEAD(shared.head);
      f.refcount_set(shared.users, 1);
      f.store(shared.queue, f.alloc_workqueue(queue));
      const thread: Thread = { f, p: f.pointer('p', Thing) };
      if (bare) return;
      if (hasClock) f.store(shared.clock, f.kzalloc(Clock));
      if (hasBoard) f.store(shared.board, f.kzalloc(Board));
      f.kernfs_create(shared.file);
      write(thread, [{ idiom: 'make', inside: [] }, ...prepared]);
      f.pass(thing, thread.p);
    },
    tasks: tasks.map(({ body, start: how }, i): TaskSpec => ({
      name: `task ${i}`,
      body: taskBodies[body] ?? (() => undefined),
      args,
      ...(spec.interrupt !== undefined && i === tasks.length - 1
        ? { context: spec.interrupt, on: 'task 0' }
        : {}),
      ...(how === 'optional' ? { optional: 32_768 } : {}),
      ...(how === 'after' && has('early') ? { after: 'early' } : {}),
    })),
    ...(ordered && isBefore ? { order: [['early', 'late']] } : {}),
    ...(budget > 0 && used.some((list) => contains(list, mayFail))
      ? { faults: { budget, points: { [FAULT_POINT]: 1000 } } }
      : {}),
    ...(crowded ? { objects: [[Thing, CROWD + 2]] } : {}),
    ...(zeroed ? { reuse: 'zeroed' } : {}),
    ...(spec.anyTime ? { timeouts: 'any' } : {}),
    ...(spec.signals.length === 0
      ? {}
      : { signals: Object.fromEntries(spec.signals.map((kind, i) => [`task ${i}`, kind])) }),
  });
}
