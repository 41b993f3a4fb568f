/**
 * What is legal and yet hides a failure. A leak is an object that nothing reachable points to, and a static variable or an
 * idr is always reachable: where the prologue puts a counted object into one and no task ever takes it out, a reference
 * that nobody drops is never seen. Objects are handed to tasks as arguments instead.
 */
import { laidOut, specOf, tablesOf, widthOf, type OpDecl, type Program } from '@lastref/kernel';
import { inBrackets, type Site } from '../builder/site.js';

const STATIC = -1;

export function findWarnings(program: Program, sites: readonly (Site | null)[]): string[] {
  const { bodyOf } = tablesOf(program);
  const inGiven = (pc: number): boolean => bodyOf[pc] === program.given;
  const counted = countedTypes(program);
  const kept = [
    ...program.statics.map(({ name, type }, i) => ({
      what: `static variable '${name}'`,
      type,
      puts: ({ op, args }: OpDecl) => op === 'store' && args[0] === STATIC && args[1] === i,
      takes: ({ op, args }: OpDecl) => op === 'store' && args[0] === STATIC && args[1] === i,
    })),
    ...program.tables.map(({ name, type }, i) => ({
      what: `idr '${name}'`,
      type,
      puts: (op: OpDecl) => changes(op, i) && enters(op),
      takes: (op: OpDecl) => changes(op, i) && !enters(op),
    })),
  ];
  return kept.flatMap(({ what, type, puts, takes }) => {
    if (type === undefined || !counted.has(type)) return [];
    const put = program.code.findIndex((op, pc) => inGiven(pc) && puts(op));
    if (put < 0 || program.code.some((op, pc) => !inGiven(pc) && takes(op))) return [];
    const tag = program.types[type]?.name ?? '';
    return [
      `${what} holds a ${tag} from the prologue on and nothing ever takes it out, so a ${tag} whose last reference is not dropped is no leak here: hand it to the tasks by f.pass, or clear the handle where the driver does${inBrackets(sites[put])}`,
    ];
  });
}

/** Whether the operation changes that table. */
const changes = ({ op, args }: OpDecl, table: number): boolean =>
  laidOut(specOf(op).operands).some(
    ({ operand, offset }) =>
      operand.is === 'table' && operand.touch === 'writes' && args[offset] === table,
  );

/** Whether it keeps a pointer there. */
const enters = ({ op }: OpDecl): boolean =>
  specOf(op).operands.some((operand) => operand.is === 'pointer' && operand.touch === 'keeps');

/** Types of whose objects some task counts references. */
function countedTypes(program: Program): ReadonlySet<number> {
  const { bodyOf } = tablesOf(program);
  const types = new Set<number>();
  program.code.forEach((op, pc) => {
    let i = 0;
    for (const operand of specOf(op.op).operands) {
      if (
        operand.is === 'place' &&
        operand.of.includes('refcount') &&
        bodyOf[pc] !== program.given
      ) {
        const type = program.bodies[bodyOf[pc] ?? -1]?.locals[op.args[i] ?? -1]?.type;
        const field = program.types[type ?? -1]?.fields[op.args[i + 1] ?? -1];
        if (type !== undefined && field?.kind === 'refcount') types.add(type);
      }
      i += widthOf(operand);
    }
  });
  return types;
}
