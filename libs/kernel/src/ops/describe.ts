/** An operation as a line of kernel code: `mutex_lock(disk->open_mutex)`, `if (nbd == 0)`. */
import { at } from '../assert.js';
import type { BodyDecl, Program } from '../program/program.js';
import { COMPARISONS, specOf, widthOf, type Operand } from './specs.js';

/** @param pc index of the operation, @param body the body it belongs to */
export function describeOp(program: Program, pc: number, body: BodyDecl | undefined): string {
  const op = at(program.code, pc);
  const parts: string[] = [];
  let i = 0;
  for (const operand of specOf(op.op).operands) {
    parts.push(
      operandText(program, body, operand, at(op.args, i), op.args[i + 1] ?? 0, op.args[0] ?? 0),
    );
    i += widthOf(operand);
  }
  switch (op.op) {
    case 'test':
      return `if (${parts.join(' ')})`;
    case 'set':
    case 'load':
      return `${at(parts, 0)} = ${at(parts, 1)}`;
    case 'store':
      return `${at(parts, 0)} = ${at(parts, 1)}`;
    case 'kzalloc':
    case 'list_next_entry':
    case 'list_prev_entry':
    case 'idr_find':
    case 'idr_find_get':
    case 'flush_workqueue':
      return op.op === 'flush_workqueue'
        ? `${op.op}(${at(parts, 1)})`
        : `${at(parts, 0)} = ${op.op}(${parts.slice(1).join(', ')})`;
    case 'flush_workqueue_wait':
      return `${op.op}(${at(parts, 0)})`;
    default:
      return `${op.op}(${parts.join(', ')})`;
  }
}

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
  }
}
