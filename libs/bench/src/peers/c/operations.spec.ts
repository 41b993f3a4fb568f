/**
 * Which operations have C: the names of these tests list those without. An operation may go without; what is measured may not,
 * and whatever uses one without is refused by its name.
 */
import { OP_NAMES, type OpName, type Program } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import { openers } from '../../programs/programs.js';
import { cModel } from './model.js';
import { C_OPERATIONS } from './operations.js';

/** The systems whose programs are measured beside C. */
const MEASURED: readonly string[] = ['nbd', 'mlx5'];
const shipped = catalogue()
  .filter(({ scenario }) => MEASURED.includes(scenario))
  .map((row) => compileAddress(`${row.scenario}/${row.variant}/${row.case}`));
const besideC: readonly Program[] = [...shipped, openers(2), openers(3)];

const used = new Set<string>(besideC.flatMap(({ code }) => code.map(({ op }) => op)));
const names = OP_NAMES as readonly OpName[];
const withC = (op: OpName): boolean => C_OPERATIONS[op] !== undefined;

it.each(names.map((op) => [withC(op) ? 'C' : 'no C', op] as const))('%s: %s', (_, op) => {
  expect(used.has(op) && !withC(op)).toBe(false);
});

it('is written for operations that there are', () => {
  expect(Object.keys(C_OPERATIONS).filter((op) => !names.some((name) => name === op))).toEqual([]);
});

it('compiles every program of the systems that are measured beside C', () => {
  const reasons = besideC.map((program) => {
    const model = cModel(program, 'sampling');
    return model.ok ? [] : [model.reason];
  });
  expect(reasons.flat()).toEqual([]);
});

it.each(['mutex_lock', 'stay'] as const)('refuses a program by its %s when that has none', (op) => {
  const others = { ...C_OPERATIONS, [op]: undefined };
  expect(cModel(compileAddress('nbd/fixed/stays-open'), 'sampling', others)).toEqual({
    ok: false,
    reason: `the operation ${op} has no C`,
  });
});

it('refuses fields of a kind that it does not know', () => {
  const program = compileAddress('nbd/buggy/main');
  const types = program.types.map((type) => ({
    ...type,
    fields: type.fields.map((field) => ({ ...field, kind: 'new' as 'int' })),
  }));
  expect(cModel({ ...program, types }, 'sampling')).toMatchObject({ ok: false });
});
