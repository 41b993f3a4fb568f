/** Facts read off a program's code: which functions allocate and free each type, which items each queue gets. */
import { at } from '../assert.js';
import type { OpDecl, Program } from '../program/program.js';

/** The innermost function of a frame that is not a primitive, which is what signatures name. */
export function functionOfFrame(program: Program, frame: number): number {
  for (let f = frame; f >= 0; f = at(program.frames, f).caller) {
    const fn = at(program.frames, f).fn;
    if (at(program.functions, fn).primitive !== true) return fn;
  }
  return at(program.frames, frame).fn;
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

const distinctFunctions = (
  program: Program,
  wanted: (op: OpDecl, pc: number) => boolean,
): number[] => {
  const found = new Set<number>();
  program.code.forEach((op, pc) => {
    if (op.frame >= 0 && wanted(op, pc)) found.add(functionOfFrame(program, op.frame));
  });
  return [...found].sort((a, b) => a - b);
};

/** Functions that allocate the type, ascending. */
export const allocatingFunctions = (program: Program, type: number): number[] =>
  distinctFunctions(program, (op) => op.op === 'kzalloc' && op.args[1] === type);

const pointerType = (program: Program, bodies: Int32Array, pc: number, local: number): number =>
  program.bodies[at(bodies, pc)]?.locals[local]?.type ?? -1;

/** Functions that free the type, ascending: kfree, and destroy_workqueue for queues. */
export function freeingFunctions(program: Program, type: number): number[] {
  const bodies = bodyOfOps(program);
  return distinctFunctions(
    program,
    (op, pc) =>
      (op.op === 'kfree' || op.op === 'destroy_workqueue_wait') &&
      pointerType(program, bodies, pc, at(op.args, 0)) === type,
  );
}

/** Work functions that some queue_work puts on a queue of this type, ascending. */
export function itemsOfQueueType(program: Program, type: number): number[] {
  const bodies = bodyOfOps(program);
  const works = new Set<number>();
  program.code.forEach((op, pc) => {
    if (op.op !== 'queue_work' || pointerType(program, bodies, pc, at(op.args, 0)) !== type) return;
    const owner = pointerType(program, bodies, pc, at(op.args, 1));
    const field = program.types[owner]?.fields[at(op.args, 2)];
    if (field?.work !== undefined) works.add(field.work);
  });
  return [...works].sort((a, b) => a - b);
}
