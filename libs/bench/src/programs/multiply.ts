/**
 * A program of one unit (a device, a port) made into one of several, as data: every task's code once per unit, with the unit's
 * number added to constant indices into tables and directories; locks and queues of the driver shared; one prologue that sets
 * all units up, the last one last. Pools and modules are the caller's to make large enough.
 */
import {
  assert,
  specOf,
  widthOf,
  type BodyDecl,
  type OpDecl,
  type Program,
  type TaskDecl,
} from '@lastref/kernel';

export interface Multiplication {
  readonly units: number;
  /** Tasks there are in every unit, and how many of each. */
  readonly each: readonly (readonly [TaskDecl, number])[];
  /** Tasks that serve all units. */
  readonly once: readonly TaskDecl[];
  /** What the prologue does for the driver and not for a unit. */
  readonly isSetUpOnce: (op: OpDecl) => boolean;
}

export function multiplied(
  program: Program,
  { units, each, once, isSetUpOnce }: Multiplication,
): Program {
  const given = program.bodies[program.given];
  assert(given !== undefined, 'there is a prologue');
  const code = [...program.code];
  const bodies = [...program.bodies];
  const tasks: TaskDecl[] = [...once];
  let setUpNext = 0;
  for (let unit = units - 1; unit >= 0; unit--) {
    for (const [task, count] of each) {
      const body = bodyOf(code, bodies, task, unit);
      for (let i = 0; i < count; i++)
        tasks.push({ ...task, name: `${task.name} ${unit}.${i}`, body });
    }
    if (unit > 0) setUpNext = copy(code, given, unit, setUpNext, isSetUpOnce);
    else for (const pc of reachable(code, given.entry)) redirectEnd(code, pc, setUpNext);
  }
  const sized = <T extends Sized>(decl: T): T =>
    decl.name === INDEX ? { ...decl, max: units - 1 } : decl;
  return {
    ...program,
    code,
    tasks,
    bodies: bodies.map((body) => ({ ...body, locals: body.locals.map(sized) })),
    types: program.types.map((type) => ({ ...type, fields: type.fields.map(sized) })),
    tables: program.tables.map((table) => ({ ...table, entries: units })),
    registries: program.registries.map((registry) => ({ ...registry, entries: units })),
  };
}

/** Locals and fields of this name hold a unit's index. */
const INDEX = 'index';

interface Sized {
  readonly name: string;
  readonly max?: number;
}

/** The index of a body that does for a unit what the task's does for the first. */
function bodyOf(code: OpDecl[], bodies: BodyDecl[], task: TaskDecl, unit: number): number {
  const body = bodies[task.body];
  assert(body !== undefined, 'a task has a body');
  if (unit === 0) return task.body;
  const entry = copy(code, body, unit, 0);
  return bodies.push({ ...body, name: `${body.name} ${unit}`, entry }) - 1;
}

/** Appends a copy of a body for another unit. @param end where it goes when done @returns its entry */
function copy(
  code: OpDecl[],
  { entry, locals }: BodyDecl,
  unit: number,
  end: number,
  leftOut: (op: OpDecl) => boolean = () => false,
): number {
  const isOut = (pc: number): boolean => {
    const op = code[pc];
    return op !== undefined && leftOut(op);
  };
  const pcs = reachable(code, entry)
    .filter((pc) => !isOut(pc))
    .sort((a, b) => a - b);
  const moved = new Map(pcs.map((pc, i) => [pc, code.length + i]));
  const to = (pc: number): number => {
    if (pc === 0) return end;
    return isOut(pc) ? to(code[pc]?.next ?? 0) : (moved.get(pc) ?? 0);
  };
  const copies = pcs.map((pc): OpDecl => {
    const op = code[pc];
    assert(op !== undefined, 'a reachable operation exists');
    return {
      ...op,
      args: indexed(op, unit, locals),
      next: to(op.next),
      ...(op.alt === undefined ? {} : { alt: to(op.alt) }),
    };
  });
  code.push(...copies);
  return to(entry);
}

function redirectEnd(code: OpDecl[], pc: number, target: number): void {
  const op = code[pc];
  if (op === undefined) return;
  code[pc] = {
    ...op,
    ...(op.next === 0 ? { next: target } : {}),
    ...(op.alt === 0 ? { alt: target } : {}),
  };
}

/** The operation's operands with the unit's number added to constant indices, direct or on their way to a local. */
function indexed({ op, args }: OpDecl, unit: number, locals: BodyDecl['locals']): number[] {
  const moved = [...args];
  const add = (i: number): void => {
    if (moved[i] === 0) moved[i + 1] = (moved[i + 1] ?? 0) + unit;
  };
  if (op === 'set' && locals[args[0] ?? -1]?.name === INDEX) add(1);
  let i = 0;
  for (const operand of specOf(op).operands) {
    if (operand.is === 'index') add(i);
    i += widthOf(operand);
  }
  return moved;
}

function reachable(code: readonly OpDecl[], entry: number): number[] {
  const seen = new Set<number>();
  const stack = [entry];
  for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
    const op = code[pc];
    if (pc === 0 || seen.has(pc) || op === undefined) continue;
    seen.add(pc);
    stack.push(op.next, op.alt ?? op.next);
  }
  return [...seen];
}
