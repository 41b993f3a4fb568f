/** Random programs whose tasks get their object from the prologue: all searches agree, and so do interpreter and walker. */
import { argument, task, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { BuildError } from '@lastref/authoring';
import { prove, Sampler } from '@lastref/exploration';
import { BoundExceeded, type Program } from '@lastref/kernel';
import fc from 'fast-check';
import {
  AROUND,
  shared,
  SIMPLE,
  Thing,
  write,
  type Statement,
} from '../search/random-statements.js';
import { tiny } from '../support/tiny.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
const STATES = 20_000;
const SEEDS = 100;
/** Statements about work items would need a workqueue; those about text, a module. */
const simple = (Object.keys(SIMPLE) as (keyof typeof SIMPLE)[]).filter(
  (name) => !['queueWork', 'flush', 'destroy', 'allocOrFail'].includes(name),
);

const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...simple).map((name) => ({ do: name })) },
  {
    weight: 1,
    arbitrary: fc.record({
      around: fc.constantFrom(...(Object.keys(AROUND) as (keyof typeof AROUND)[])),
      inside: fc.array(
        fc.constantFrom(...simple).map((name) => ({ do: name })),
        { maxLength: 2 },
      ),
    }),
  },
);
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });
const things = [argument('first', Thing), argument('second', Thing)] as const;

interface Spec {
  readonly code: readonly (readonly Statement[])[];
  /** Per task: its body, and the object it gets. */
  readonly tasks: readonly {
    readonly code: number;
    readonly thing: 0 | 1;
    readonly late: number;
  }[];
  /** The prologue passes one object as both arguments. */
  readonly same: boolean;
}
const arbitrary: fc.Arbitrary<Spec> = fc.record({
  code: fc.array(statements, { minLength: 2, maxLength: 2 }),
  tasks: fc.array(
    fc.record({
      code: fc.constantFrom(0, 1),
      thing: fc.constantFrom(0 as const, 1 as const),
      late: fc.constantFrom(0, 0, 0, 32_768),
    }),
    { minLength: 2, maxLength: 3 },
  ),
  same: fc.boolean(),
});

function build({ code, tasks, same }: Spec): Program | undefined {
  const bodies = code.map((list) => (f: FunctionBuilder, p: Ref<typeof Thing>): void => {
    write({ f, p }, list);
  });
  try {
    return tiny({
      given: (f) => {
        f.INIT_LIST_HEAD(shared.head);
        const made = things.map(() => f.kzalloc(Thing));
        made.forEach((thing) => {
          f.refcount_set(thing.refs, 2);
        });
        things.forEach((thing, i) => {
          f.pass(thing, made[same ? 0 : i] ?? null);
        });
      },
      tasks: tasks.flatMap(({ code: which, thing, late }, i) => {
        const body = bodies[which];
        const start = late === 0 ? {} : { optional: late };
        return body === undefined ? [] : [task(`t${i}`, body, { ...start, args: [things[thing]] })];
      }),
    });
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

const answers = (program: Program): (string[] | 'too large')[] =>
  [{}, { symmetry: true }, { reduce: true }, { symmetry: true, reduce: true }].map((options) => {
    const { complete, failures } = prove(program, { ...options, maxStates: STATES });
    return complete ? failures.toSorted() : 'too large';
  });

it('plain search, symmetry and reduction give the same failures, and no run shows another', () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitrary, (spec) => {
      const program = build(spec);
      if (program === undefined) return;
      try {
        const [plain, ...others] = answers(program);
        if (!Array.isArray(plain)) return;
        for (const other of others) expect(other).toEqual(plain);
        const totals = [{}, { interpret: true }].map((options) => {
          const sampler = new Sampler(program, 'rw/1', options);
          sampler.run(0, SEEDS);
          return sampler.totals();
        });
        expect(totals[0]).toEqual(totals[1]);
        const seen = totals[0]?.signatures.map(({ signature }) => signature) ?? [];
        const known = [...plain, ...prove(program, { maxStates: STATES }).reports];
        expect(known).toEqual(expect.arrayContaining(seen));
        compared++;
      } catch (error) {
        if (!(error instanceof BoundExceeded)) throw error;
      }
    }),
    { numRuns: RUNS, seed: 20_261_127 },
  );
  expect(compared).toBeGreaterThan(RUNS / 4);
});
