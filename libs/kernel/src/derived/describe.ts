/** An operation as a line of kernel code: `mutex_lock(disk->open_mutex)`, `if (nbd == 0)`. */
import { at } from '../assert.js';
import { COMPARISONS, laidOut, type Operand } from '../operation/operand.js';
import type { BodyDecl, Program } from '../program/program.js';
import { specOf } from './catalogue.js';

/** The name it is shown by: that of the kernel call, where it is a step of one. */
export const shownName = (op: string): string => specOf(op).partOf ?? op;

/** @param pc index of the operation, @param body the body it belongs to */
export function describeOp(program: Program, pc: number, body: BodyDecl | undefined): string {
  const { op, args } = at(program.code, pc);
  const spec = specOf(op);
  const written = laidOut(spec.operands).filter(({ operand }) => !isImplicit(operand));
  const texts = written.map(({ operand, offset }) =>
    operandText(program, body, operand, at(args, offset), args[offset + 1] ?? 0, args[0] ?? 0),
  );
  if (spec.text !== undefined) return spec.text(texts);
  return spec.operands[0]?.is === 'dst'
    ? `${at(texts, 0)} = ${shownName(op)}(${texts.slice(1).join(', ')})`
    : `${shownName(op)}(${texts.join(', ')})`;
}

const isImplicit = (operand: Operand): boolean =>
  operand.is === 'ambient' || (operand.is === 'place' && operand.implicit === true);

function operandText(
  program: Program,
  body: BodyDecl | undefined,
  operand: Operand,
  value: number,
  second: number,
  first: number,
): string {
  const local = (index: number): string => body?.locals[index]?.name ?? `local${index}`;
  switch (operand.is) {
    case 'dst':
    case 'pointer':
      return local(value);
    case 'value':
    case 'index':
      return value === 0 ? String(second) : local(second);
    case 'place': {
      if (value < 0) return program.statics[second]?.name ?? '?';
      const type = program.types[body?.locals[value]?.type ?? -1];
      return `${local(value)}->${type?.fields[second]?.name ?? '?'}`;
    }
    case 'count':
      return 'kref';
    case 'comparison':
      return at(COMPARISONS, value);
    case 'type':
      return program.types[value]?.name ?? '?';
    case 'table':
      return program.tables[value]?.name ?? '?';
    case 'module':
      return program.modules[value]?.name ?? '?';
    case 'member': {
      const type = program.types[body?.locals[first]?.type ?? -1];
      return type?.fields[value]?.name ?? '?';
    }
    case 'check':
      return `'${program.checks?.[value] ?? '?'}'`;
    case 'registry':
      return program.registries[value]?.name ?? '?';
    case 'task':
      return `'${program.tasks[value]?.name ?? '?'}'`;
    case 'ambient':
      return operand.name;
  }
}
