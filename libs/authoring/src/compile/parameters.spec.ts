/** Parameters have ranges and defaults; a case sets them, functions and sized cases read them. */
import { compile } from './compile.js';
import { parameter } from '../language/parameter.js';
import { task, type CaseSpec, type Scenario, type SizedCase } from '../language/scenario.js';
import { statics } from '../language/globals.js';
import { int, Struct, flag } from '../language/struct.js';

class Port extends Struct {
  static override readonly tag = 'port';
  up = flag();
}
const { total } = statics({ total: int(7) });

const scenario = (spec: CaseSpec | SizedCase): Scenario => ({
  name: 'card',
  title: 'a card with ports',
  switches: {},
  params: { ports: parameter('ports of the card', { min: 1, max: 4, default: 2 }) },
  variants: { one: { title: 'one', switches: [], cases: { main: spec } } },
});
const reads: Pick<CaseSpec, 'title' | 'tasks'> = {
  title: 'reads it',
  tasks: [
    task('count', (f) => {
      f.store(total, f.param('ports'));
    }),
  ],
};
const stored = (spec: CaseSpec): number | undefined =>
  compile(scenario(spec), 'card/one')
    .code.find(({ op }) => op === 'store')
    ?.args.at(-1);
const errorOf = (spec: CaseSpec | SizedCase): string => {
  try {
    compile(scenario(spec), 'card/one');
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

it('a case that says nothing has the default, one that sets it has that', () => {
  expect(stored(reads)).toBe(2);
  expect(stored({ ...reads, params: { ports: 4 } })).toBe(4);
});

it('a sized case makes its tasks and pools from it', () => {
  const sized = (ports: number): SizedCase => ({
    title: 'sized',
    params: { ports },
    sized: (param) => ({
      objects: [[Port, param('ports')]],
      tasks: Array.from({ length: param('ports') }, (_, i) =>
        task(`probe (${i})`, (f) => {
          f.kfree(f.kzalloc(Port));
        }),
      ),
    }),
  });
  const program = compile(scenario(sized(3)), 'card/one');
  expect(program.tasks).toHaveLength(3);
  expect(program.types[0]?.count).toBe(3);
});

it.each([0, 5, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%p is out of range', (ports) => {
  expect(errorOf({ ...reads, params: { ports } })).toMatch(
    new RegExp(
      String.raw`^card/one/main: the case sets parameter 'ports' to ${String(ports)}; it is an integer from 1 to 4: set one of these, or widen its range \(\S*parameters\.spec\.ts:\d+:\d+\)$`,
    ),
  );
});

it('what the scenario does not declare is an error that says what it does', () => {
  expect(errorOf({ ...reads, params: { port: 1 } })).toBe(
    "card/one/main: no parameter 'port'; did you mean 'ports'? The scenario says in params what it has; it declares: ports",
  );
  expect(
    errorOf({ title: 'asks', sized: (param) => ({ tasks: [], maxSteps: param('cards') }) }),
  ).toContain("card/one/main: no parameter 'cards'");
  const asks: CaseSpec = {
    title: 'asks',
    tasks: [task('count', (f) => void f.param('constructor'))],
  };
  expect(errorOf(asks)).toContain("count: no parameter 'constructor'");
});

it('a range that is none, or has no room for its default', () => {
  const broken = {
    ...scenario(reads),
    params: { ports: parameter('ports', { min: 3, max: 2, default: 2 }) },
  };
  expect(() => compile(broken, 'card/one')).toThrow(
    "parameter 'ports' is declared from 3 to 2 with 2 as its default",
  );
});

it('what a sized case throws is told with its address', () => {
  const spec: SizedCase = {
    title: 'throws',
    sized: () => {
      throw new TypeError('cannot read x of undefined');
    },
  };
  expect(errorOf(spec)).toBe('card/one/main: sized: cannot read x of undefined');
});
