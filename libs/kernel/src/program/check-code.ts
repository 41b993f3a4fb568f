/**
 * Checks the code of a program: every operand refers to something of the right kind, every operation belongs to one
 * body, bodies end, and local operations form no cycle, so that each step is bounded.
 */
import { at } from '../assert.js';
import { COMPARISONS, specOf, widthOf, type Operand } from '../ops/specs.js';
import { bodyOfOps } from '../state/facts.js';
import type { BodyDecl, FieldDecl, LocalDecl, OpDecl, Program } from './program.js';
import type { Path, Problems } from './problems.js';

/** What an operand holds: a pointer to a type, or an integer up to a maximum. */
interface Held {
  readonly pointer?: number;
  readonly max: number;
}

const NULL_OR_ZERO = 0;

export function checkCode(program: Program, problems: Problems): void {
  const { code } = program;
  const [end] = code;
  problems.check(
    end?.op === 'end' && end.next === 0 && end.frame === -1 && end.milestone === undefined,
    ['code', 0],
    'operation 0 is the end of every body: {"op":"end","args":[],"next":0,"frame":-1}',
  );
  code.forEach((op, pc) => {
    checkExits(program, op, pc, problems);
  });
  if (problems.list.length > 0) return;
  checkBodies(program, problems);
  if (problems.list.length > 0) return;
  const bodies = bodyOfOps(program);
  code.forEach((op, pc) => {
    const body = program.bodies[at(bodies, pc)];
    if (pc === 0 || problems.full) return;
    if (problems.check(body !== undefined, ['code', pc], 'belongs to no body'))
      checkOperands(program, at(program.bodies, at(bodies, pc)), op, pc, problems);
  });
  checkLocalCycles(program, problems);
}

function checkExits(program: Program, op: OpDecl, pc: number, problems: Problems): void {
  const spec = specOf(op.op);
  const width = spec.operands.reduce((sum, operand) => sum + widthOf(operand), 0);
  problems.check(pc === 0 || op.op !== 'end', ['code', pc, 'op'], 'only operation 0 is end');
  problems.check(op.args.length === width, ['code', pc, 'args'], `${op.op} takes ${width} numbers`);
  problems.index(op.next, program.code, 'operation', ['code', pc, 'next']);
  if (spec.branches === true)
    problems.index(op.alt, program.code, 'operation', ['code', pc, 'alt']);
  else problems.check(op.alt === undefined, ['code', pc, 'alt'], `${op.op} does not branch`);
  if (pc > 0) problems.index(op.frame, program.frames, 'frame', ['code', pc, 'frame']);
  if (op.milestone !== undefined)
    problems.index(op.milestone, program.milestones, 'milestone', ['code', pc, 'milestone']);
  if (op.fault !== undefined) {
    problems.index(op.fault, program.faults.points, 'fault point', ['code', pc, 'fault']);
    problems.check(spec.faults === true, ['code', pc, 'fault'], `${op.op} cannot fail`);
  }
  if (spec.local === true)
    problems.check(
      op.milestone === undefined && op.yields === undefined,
      ['code', pc],
      'a local operation is no step: it bears no milestone and is no yield point',
    );
}

/** Each operation is reached from one body only; a work function ends by work_done, a task never does. */
function checkBodies(program: Program, problems: Problems): void {
  const owner = new Int32Array(program.code.length).fill(-1);
  const works = new Set(program.works.map((work) => work.body));
  program.bodies.forEach((body, b) => {
    const stack = [body.entry];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (pc === 0 || owner[pc] === b) continue;
      if (!problems.check(owner[pc] === -1, ['code', pc], 'belongs to two bodies')) return;
      owner[pc] = b;
      const op = at(program.code, pc);
      const leaves = op.next === 0 || op.alt === 0;
      if (works.has(b))
        problems.check(
          !leaves || op.op === 'work_done',
          ['code', pc],
          'a work function ends by work_done',
        );
      else
        problems.check(
          op.op !== 'work_done',
          ['code', pc, 'op'],
          'work_done outside a work function',
        );
      stack.push(op.next);
      if (op.alt !== undefined) stack.push(op.alt);
    }
  });
}

function checkOperands(
  program: Program,
  body: BodyDecl,
  op: OpDecl,
  pc: number,
  problems: Problems,
): void {
  let i = 0;
  const held: Held[] = [];
  for (const operand of specOf(op.op).operands) {
    const result = operandOf(program, body, op, operand, i, ['code', pc, 'args', i], problems);
    if (result === null) return;
    held.push(result);
    i += widthOf(operand);
  }
  checkTogether(op, held, ['code', pc, 'args'], problems);
}

function operandOf(
  program: Program,
  body: BodyDecl,
  op: OpDecl,
  operand: Operand,
  i: number,
  path: Path,
  problems: Problems,
): Held | null {
  const value = at(op.args, i);
  const second = op.args[i + 1] ?? 0;
  const ok = (condition: boolean, held: Held): Held | null => (condition ? held : null);
  const local = (index: number): LocalDecl | null =>
    problems.index(index, body.locals, `local of ${body.name}`, path)
      ? at(body.locals, index)
      : null;
  switch (operand.is) {
    case 'dst': {
      const decl = local(value);
      return decl === null ? null : heldByLocal(decl);
    }
    case 'pointer': {
      const decl = local(value);
      if (decl === null) return null;
      const kind = program.types[decl.type ?? -1]?.kind;
      return ok(
        problems.check(
          kind === operand.to,
          path,
          `'${decl.name}' does not point to a ${operand.to}`,
        ),
        heldByLocal(decl),
      );
    }
    case 'value':
    case 'index': {
      if (
        !problems.check(value === 0 || value === 1, path, 'a value is [0, constant] or [1, local]')
      )
        return null;
      if (value === 0)
        return ok(problems.check(second >= 0, path, 'constants are not negative'), { max: second });
      const decl = local(second);
      return decl === null ? null : heldByLocal(decl);
    }
    case 'place': {
      const found = fieldOf(program, body, value, second, path, problems);
      if (found === null) return null;
      return ok(
        problems.check(
          operand.of.includes(found.kind),
          path,
          `'${found.name}' is a ${found.kind}; ${op.op} works on ${operand.of.join(' or ')}`,
        ),
        found.kind === 'ptr' ? { pointer: found.type ?? -1, max: 0 } : { max: found.max ?? 1 },
      );
    }
    case 'comparison':
      return ok(
        problems.check(value >= 0 && value < COMPARISONS.length, path, 'no such comparison'),
        { max: 0 },
      );
    case 'type':
      return ok(problems.index(value, program.types, 'type', path), { pointer: value, max: 0 });
    case 'table':
      return problems.index(value, program.tables, 'table', path)
        ? { pointer: at(program.tables, value).type, max: 0 }
        : null;
    case 'count': {
      const fields = program.types[program.tables[at(op.args, 1)]?.type ?? -1]?.fields ?? [];
      return ok(
        problems.check(
          fields[value]?.kind === 'refcount',
          path,
          "is no refcount of the table's type",
        ),
        { max: 0 },
      );
    }
    case 'module':
      return ok(problems.index(value, program.modules, 'module', path), { max: 0 });
    case 'member': {
      const fields = program.types[body.locals[at(op.args, 0)]?.type ?? -1]?.fields ?? [];
      return ok(
        problems.check(
          fields[value]?.kind === 'list',
          path,
          'is no list of what the local points to',
        ),
        { max: 0 },
      );
    }
    case 'check':
      return ok(problems.index(value, program.checks ?? [], 'check', path), { max: 0 });
    case 'registry':
      return ok(problems.index(value, program.registries, 'registry', path), { max: 0 });
  }
}

const heldByLocal = (decl: LocalDecl): Held =>
  decl.kind === 'ptr' ? { pointer: decl.type ?? -1, max: 0 } : { max: decl.max ?? 1 };

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

/** Assignments: the value fits what it is put into. */
function checkTogether(op: OpDecl, held: readonly Held[], path: Path, problems: Problems): void {
  const fits = (to: number, from: number): void => {
    const [target, source] = [at(held, to), at(held, from)];
    if (target.pointer !== undefined)
      problems.check(
        source.pointer === target.pointer ||
          (source.pointer === undefined && source.max === NULL_OR_ZERO),
        path,
        'a pointer takes a pointer to the same type, or NULL',
      );
    else
      problems.check(
        source.pointer === undefined && source.max <= target.max,
        path,
        'the value can exceed the maximum of what holds it',
      );
  };
  switch (op.op) {
    case 'set':
    case 'load':
    case 'kzalloc':
    case 'idr_find':
    case 'idr_find_get':
      fits(0, 1);
      break;
    case 'store':
    case 'refcount_set':
      fits(0, 1);
      break;
    case 'idr_alloc':
      problems.check(
        at(held, 0).pointer === at(held, 2).pointer,
        path,
        'the table holds pointers to another type',
      );
      break;
    case 'test':
      problems.check(
        at(held, 0).pointer === at(held, 2).pointer ||
          (at(held, 0).pointer === undefined ? at(held, 0).max : at(held, 2).max) === NULL_OR_ZERO,
        path,
        'compares a pointer with something else',
      );
      break;
    default:
      break;
  }
}

function checkLocalCycles(program: Program, problems: Problems): void {
  const state = new Uint8Array(program.code.length);
  for (let start = 1; start < program.code.length; start++) {
    const stack: [pc: number, exit: number][] = [[start, 0]];
    while (stack.length > 0) {
      const top = at(stack, stack.length - 1);
      const [pc, exit] = top;
      const op = at(program.code, pc);
      const exits = specOf(op.op).local === true && pc !== 0 ? [op.next, op.alt ?? op.next] : [];
      const next = exits[exit];
      if (next === undefined) {
        state[pc] = 2;
        stack.pop();
        continue;
      }
      state[pc] = 1;
      top[1]++;
      if (
        state[next] === 1 &&
        !problems.check(false, ['code', next], 'local operations form a cycle: no step ends it')
      )
        return;
      if (state[next] === 0) stack.push([next, 0]);
    }
  }
}
