/**
 * Checks the operands of an operation: each refers to something of the right kind, what is stored fits where it goes, and the
 * largest result fits the local that takes it. What an operand has to be is said by the operation's definition.
 */
import { at } from '../assert.js';
import { specOf } from '../derived/catalogue.js';
import { factsOf } from '../derived/facts.js';
import { isLinked, isWorkItem } from '../derived/fields.js';
import { COMPARISONS, laidOut, type Operand, type OperandIs } from '../operation/operand.js';
import type { BodyDecl, FieldDecl, LocalDecl, OpDecl, Program } from './program.js';
import type { Path, Problems } from './problems.js';

export interface OpPlace {
  readonly program: Program;
  readonly body: BodyDecl;
  readonly op: OpDecl;
  readonly pc: number;
  readonly problems: Problems;
}

/** What an operand holds: a pointer to a type, or an integer in a range. */
interface Held {
  readonly pointer?: number;
  readonly min: number;
  readonly max: number;
}

const NOTHING: Held = { min: 0, max: 0 };
const pointerTo = (type: number | undefined): Held => ({ ...NOTHING, pointer: type ?? -1 });

const heldBy = (decl: Pick<LocalDecl, 'type' | 'min' | 'max'> & { readonly kind: string }): Held =>
  decl.kind === 'ptr' ? pointerTo(decl.type) : { min: decl.min ?? 0, max: decl.max ?? 1 };

export function checkOperands(place: OpPlace): void {
  const { op, pc, problems } = place;
  const held: Held[] = [];
  const operands = laidOut(specOf(op.op).operands);
  for (const { operand, offset } of operands) {
    const result = operandOf(place, operand, offset, ['code', pc, 'args', offset]);
    if (result === null) return;
    held.push(result);
  }
  operands.forEach(({ operand }, i) => {
    checkFlow(operand, i, held, ['code', pc, 'args'], problems);
  });
}

/** What flows from one operand to another: results, stored values, what is compared. */
function checkFlow(
  operand: Operand,
  i: number,
  held: readonly Held[],
  path: Path,
  problems: Problems,
): void {
  if (operand.is === 'dst') {
    const { gives } = operand;
    if (typeof gives !== 'object') return;
    if ('like' in gives) checkFits(at(held, i), at(held, gives.like), path, problems);
    if ('from' in gives) checkFits(at(held, i), { min: gives.from, max: gives.to }, path, problems);
    return;
  }
  if (!('into' in operand) || operand.into === 'nothing') return;
  if ('into' in operand.into) checkFits(at(held, operand.into.into), at(held, i), path, problems);
  else checkComparable(at(held, operand.into.with), at(held, i), path, problems);
}

const isNull = ({ pointer, max }: Held): boolean => pointer === undefined && max === 0;

function checkFits(target: Held, source: Held, path: Path, problems: Problems): void {
  if (target.pointer !== undefined)
    problems.check(
      source.pointer === target.pointer || isNull(source),
      path,
      'a pointer takes a pointer to the same type, or NULL',
    );
  else
    problems.check(
      source.pointer === undefined && source.max <= target.max && source.min >= target.min,
      path,
      'the value can exceed the range of what holds it',
    );
}

function checkComparable(left: Held, right: Held, path: Path, problems: Problems): void {
  problems.check(
    left.pointer === right.pointer || isNull(left.pointer === undefined ? left : right),
    path,
    'compares a pointer with something else',
  );
}

/** The largest results that follow from the whole program: to be called when every operation refers to something. */
export function checkResults(program: Program, bodies: Int32Array, problems: Problems): void {
  const facts = factsOf(program);
  program.code.forEach((op, pc) => {
    for (const { operand, offset } of laidOut(specOf(op.op).operands)) {
      if (operand.is !== 'dst' || typeof operand.gives !== 'object' || !('most' in operand.gives))
        continue;
      const body = at(program.bodies, at(bodies, pc));
      const local = at(body.locals, at(op.args, offset));
      if (local.kind === 'ptr') continue;
      const most = operand.gives.most(facts, op, body);
      problems.check(
        most <= (local.max ?? 1),
        ['code', pc, 'args', offset],
        `'${local.name}' holds at most ${local.max ?? 1}, and ${op.op} gives up to ${most}`,
      );
    }
  });
}

function operandOf(
  { program, body, op, problems }: OpPlace,
  operand: Operand,
  offset: number,
  path: Path,
): Held | null {
  const [value, second] = [op.args[offset] ?? 0, op.args[offset + 1] ?? 0];
  const index = (list: ArrayLike<unknown> | undefined, what: string, held: Held): Held | null =>
    problems.index(value, list ?? [], what, path) ? held : null;
  const local = (number: number): LocalDecl | null =>
    problems.index(number, body.locals, `local of ${body.name}`, path)
      ? at(body.locals, number)
      : null;
  switch (operand.is) {
    case 'dst': {
      const decl = local(value);
      if (decl === null) return null;
      const isObject = operand.gives === 'own';
      return problems.check(
        !isObject || decl.kind === 'ptr',
        path,
        `'${decl.name}' is no pointer`,
      ) &&
        problems.check(
          operand.gives !== 'checked' || decl.kind === 'int',
          path,
          `'${decl.name}' is no integer`,
        )
        ? heldBy(decl)
        : null;
    }
    case 'pointer': {
      const decl = local(value);
      if (decl === null) return null;
      const kind = decl.kind === 'ptr' ? program.types[decl.type ?? -1]?.kind : undefined;
      return problems.check(
        kind === operand.to,
        path,
        `'${decl.name}' does not point to a ${operand.to}`,
      )
        ? heldBy(decl)
        : null;
    }
    case 'value':
    case 'index': {
      const isValue = value === 0 || value === 1;
      if (!problems.check(isValue, path, 'a value is [0, constant] or [1, local]')) return null;
      if (value === 0) return { min: second, max: second };
      const decl = local(second);
      return decl === null ? null : heldBy(decl);
    }
    case 'place':
      return placeOf(program, body, op, operand, [value, second], path, problems);
    case 'comparison':
      return index(COMPARISONS, 'comparison', NOTHING);
    case 'type':
      return index(program.types, 'type', pointerTo(value));
    case 'table':
      return index(program.tables, 'table', pointerTo(program.tables[value]?.type));
    case 'count': {
      const fields = program.types[program.tables[at(op.args, 1)]?.type ?? -1]?.fields ?? [];
      const isCount = fields[value]?.kind === 'refcount';
      return problems.check(isCount, path, "is no refcount of the table's type") ? NOTHING : null;
    }
    case 'module':
      return index(program.modules, 'module', NOTHING);
    case 'member': {
      const fields = program.types[body.locals[at(op.args, 0)]?.type ?? -1]?.fields ?? [];
      const decl = fields[value];
      const isList = decl !== undefined && isLinked(decl);
      return problems.check(isList, path, 'is no list of what the local points to')
        ? NOTHING
        : null;
    }
    case 'check':
      return index(program.checks, 'check', NOTHING);
    case 'registry':
      return index(program.registries, 'registry', NOTHING);
    case 'task':
      return index(program.tasks, 'task', NOTHING);
    case 'ambient':
      return NOTHING;
  }
}

function placeOf(
  program: Program,
  body: BodyDecl,
  op: OpDecl,
  { of }: OperandIs<'place'>,
  [base, field]: readonly [number, number],
  path: Path,
  problems: Problems,
): Held | null {
  const found = fieldOf(program, body, base, field, path, problems);
  if (found === null) return null;
  if (isWorkItem(found) && found.work === undefined) {
    problems.add(path, `'${found.name}' is bound to no function`);
    return null;
  }
  return problems.check(
    of.includes(found.kind),
    path,
    `'${found.name}' is a ${found.kind}; ${op.op} works on ${of.join(' or ')}`,
  ) &&
    problems.check(
      specOf(op.op).saturates !== true || found.saturates === true,
      path,
      `'${found.name}' has no value for ${op.op}: its field has to say 'saturates'`,
    )
    ? heldBy(found)
    : null;
}

function fieldOf(
  program: Program,
  body: BodyDecl,
  base: number,
  field: number,
  path: Path,
  problems: Problems,
): FieldDecl | null {
  if (base < 0)
    return problems.index(field, program.statics, 'static variable', path)
      ? at(program.statics, field)
      : null;
  if (!problems.index(base, body.locals, `local of ${body.name}`, path)) return null;
  const decl = at(body.locals, base);
  const type = program.types[decl.kind === 'ptr' ? (decl.type ?? -1) : -1];
  if (type === undefined) {
    problems.add(path, `'${decl.name}' is no pointer`);
    return null;
  }
  return problems.index(field, type.fields, `field of ${type.name}`, path)
    ? at(type.fields, field)
    : null;
}
