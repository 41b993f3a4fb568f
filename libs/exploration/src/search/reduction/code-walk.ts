/** Walks over a program's code: which operations are fused into one step, and where a step can arrive. */
import { at, specOf, type Program } from '@lastref/kernel';

/** The local operations from `pc` on, and the steps or ends they lead to. */
export function fused(
  program: Program,
  pc: number,
): { readonly locals: readonly number[]; readonly arrives: readonly number[] } {
  const locals: number[] = [];
  const arrives: number[] = [];
  const seen = new Set<number>();
  const stack = [pc];
  for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
    if (seen.has(here)) continue;
    seen.add(here);
    const op = at(program.code, here);
    if (here === 0 || specOf(op.op).local !== true) {
      arrives.push(here);
      continue;
    }
    locals.push(here);
    stack.push(op.next, op.alt ?? op.next);
  }
  return { locals, arrives };
}

/** Where the step at `pc` can arrive. */
export function arrivals(program: Program, pc: number): readonly number[] {
  const { next, alt } = at(program.code, pc);
  const ahead = alt === undefined ? [next] : [next, alt];
  return ahead.flatMap((to) => fused(program, to).arrives);
}

export const entryOfWork = (program: Program, work: number): number =>
  at(program.bodies, at(program.works, work).body).entry;
