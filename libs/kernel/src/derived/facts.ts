/** Facts read off a program's code: which functions allocate and free each type, which items each queue gets. */
import { at } from '../assert.js';
import { laidOut, type Facts, type Operand } from '../operation/operand.js';
import type { OpDecl, Program } from '../program/program.js';
import { specOf } from './catalogue.js';
import { isWorkItem as isItem } from './fields.js';

/** The innermost function of a frame that is not a primitive, which is what signatures name. */
export function functionOfFrame(program: Program, frame: number): number {
  for (let f = frame; f >= 0; f = at(program.frames, f).caller) {
    const fn = at(program.frames, f).fn;
    if (at(program.functions, fn).primitive !== true) return fn;
  }
  return at(program.frames, frame).fn;
}

/** The outermost function of the operation's frame that is one of the driver's: what its body as a whole is named by. */
export function outermostFunction(program: Program, pc: number): number {
  const frame = program.code[pc]?.frame ?? -1;
  let found = frame < 0 ? -1 : functionOfFrame(program, frame);
  for (let f = frame; f >= 0; f = at(program.frames, f).caller) {
    const { fn } = at(program.frames, f);
    if (at(program.functions, fn).file !== '-') found = fn;
  }
  return found;
}

/** The body each operation belongs to, by reachability from the bodies' entries; -1 for the end. */
export function bodyOfOps(program: Program): Int32Array {
  const body = new Int32Array(program.code.length).fill(-1);
  program.bodies.forEach((decl, b) => {
    const stack = [decl.entry];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (pc === 0 || body[pc] !== -1) continue;
      body[pc] = b;
      const op = at(program.code, pc);
      stack.push(op.next);
      if (op.alt !== undefined) stack.push(op.alt);
    }
  });
  return body;
}

/** Type of what a local of the operation's body points to, -1 if it is no pointer. */
export const pointeeOf = (
  program: Program,
  bodies: Int32Array,
  pc: number,
  local: number,
): number => program.bodies[bodies[pc] ?? -1]?.locals[local]?.type ?? -1;

/** The numbers of each operand that is such, of an operation. */
export function operandsWhere<O extends Operand>(
  { op, args }: OpDecl,
  wanted: (operand: Operand) => operand is O,
): readonly { readonly operand: O; readonly args: readonly number[] }[] {
  return laidOut(specOf(op).operands).flatMap(({ operand, offset }) =>
    wanted(operand) ? [{ operand, args: args.slice(offset) }] : [],
  );
}

const allocates = (operand: Operand): operand is Extract<Operand, { is: 'type' }> =>
  operand.is === 'type';
const frees = (operand: Operand): operand is Extract<Operand, { is: 'pointer' }> =>
  operand.is === 'pointer' && operand.touch === 'frees';
const feeds = (operand: Operand): operand is Extract<Operand, { is: 'pointer' }> =>
  operand.is === 'pointer' && operand.touch === 'feeds';
const isWorkItem = (operand: Operand): operand is Extract<Operand, { is: 'place' }> =>
  operand.is === 'place' && operand.of.some((kind) => isItem({ kind }));

const isTask = (operand: Operand): operand is Extract<Operand, { is: 'task' }> =>
  operand.is === 'task';

const ascending = (found: Iterable<number>): number[] => [...new Set(found)].sort((a, b) => a - b);

/** Functions of the operations that have such an operand, ascending. */
const functionsOf = (program: Program, isSuch: (op: OpDecl, pc: number) => boolean): number[] =>
  ascending(
    program.code.flatMap((op, pc) =>
      op.frame >= 0 && isSuch(op, pc) ? [functionOfFrame(program, op.frame)] : [],
    ),
  );

/** Functions that allocate the type, ascending. */
export const allocatingFunctions = (program: Program, type: number): number[] =>
  functionsOf(program, (op) => operandsWhere(op, allocates).some(({ args }) => args[0] === type));

/** Functions that free the type, ascending. */
export function freeingFunctions(program: Program, type: number): number[] {
  const bodies = bodyOfOps(program);
  return functionsOf(program, (op, pc) =>
    operandsWhere(op, frees).some(
      ({ args }) => pointeeOf(program, bodies, pc, at(args, 0)) === type,
    ),
  );
}

/** Work functions that can be put on a queue of this type, ascending. */
export function itemsOfQueueType(program: Program, type: number): number[] {
  const bodies = bodyOfOps(program);
  return ascending(
    program.code.flatMap((op, pc) => {
      const fed = operandsWhere(op, feeds).some(
        ({ args }) => pointeeOf(program, bodies, pc, at(args, 0)) === type,
      );
      if (!fed) return [];
      return operandsWhere(op, isWorkItem).flatMap(({ args }) => {
        const owner = pointeeOf(program, bodies, pc, at(args, 0));
        return program.types[owner]?.fields[at(args, 1)]?.work ?? [];
      });
    }),
  );
}

/** Work items of all objects that can be put on a queue of this type. */
export function itemCountOf(program: Program, type: number): number {
  const served = itemsOfQueueType(program, type);
  return program.types.reduce(
    (sum, { count, fields }) =>
      sum + count * fields.filter(({ work }) => work !== undefined && served.includes(work)).length,
    0,
  );
}

/** Tasks that some operation names: those that may get a signal. */
export const signalledTasks = (program: Program): ReadonlySet<number> =>
  new Set(program.code.flatMap((op) => operandsWhere(op, isTask).map(({ args }) => at(args, 0))));

/** Whether some task is, or keeps off, an interrupt. */
export const usesContexts = (program: Program): boolean =>
  program.tasks.some(({ context }) => context !== undefined) ||
  program.code.some(({ op }) =>
    specOf(op).operands.some(({ is, name }) => is === 'ambient' && name === 'contexts'),
  );

export const factsOf = (program: Program): Facts => ({
  program,
  itemsOn: (queueType) => itemCountOf(program, queueType),
});
