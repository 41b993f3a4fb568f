/**
 * Widens the locals that take results whose largest value follows from the whole program: known only when all of it is
 * built. What an operation gives at most is said by its definition.
 */
import { at, factsOf, laidOut, specOf, type BodyDecl, type LocalDecl, type Program } from '@lastref/kernel';

/** @param bodyOf the body that each operation belongs to */
export function withLargestResults(program: Program, bodyOf: readonly number[]): BodyDecl[] {
  const facts = factsOf(program);
  const locals: LocalDecl[][] = program.bodies.map((body) => [...body.locals]);
  program.code.forEach((op, pc) => {
    for (const { operand, offset } of laidOut(specOf(op.op).operands)) {
      if (operand.is !== 'dst' || typeof operand.gives !== 'object' || !('most' in operand.gives))
        continue;
      const b = at(bodyOf, pc);
      const slot = at(op.args, offset);
      const local = at(at(locals, b), slot);
      const most = operand.gives.most(facts, op, at(program.bodies, b));
      if (local.kind === 'int' && most > (local.max ?? 1))
        at(locals, b)[slot] = { ...local, max: most };
    }
  });
  return program.bodies.map((body, b) => ({ ...body, locals: at(locals, b) }));
}
