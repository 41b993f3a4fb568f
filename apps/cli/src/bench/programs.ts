/**
 * Programs that only the benchmark needs, made from the catalogue's as data: nbd with more openers, and nbd with four
 * devices and eight openers, far beyond search. They are validated like any program from outside.
 */
import {
  assert,
  parseProgram,
  specOf,
  widthOf,
  type BodyDecl,
  type OpDecl,
  type Program,
  type TaskDecl,
} from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';

const checked = (program: Program): Program => {
  const parsed = parseProgram(program);
  assert(
    parsed.ok,
    parsed.ok ? '' : parsed.errors.map((e) => `${e.pointer} ${e.message}`).join('; '),
  );
  return parsed.program;
};

const withoutMilestone = (op: OpDecl): OpDecl => {
  const { milestone, ...rest } = op;
  return milestone === undefined ? op : rest;
};

/** nbd/fixed: one disconnect against `count` openers that close. No milestones: the peers have none in their states. */
export function openers(count: number): Program {
  const main = compileAddress('nbd/fixed/main');
  const [disconnect, , opener] = main.tasks;
  assert(disconnect !== undefined && opener !== undefined, 'nbd/fixed/main has its tasks');
  return checked({
    ...roomFor(main, count),
    case: `openers-${count}`,
    title: `disconnect against ${count} openers`,
    milestones: [],
    reaches: [],
    code: main.code.map(withoutMilestone),
    tasks: [
      disconnect,
      ...Array.from({ length: count }, (_, i) => ({ ...opener, name: `open (${i + 1})` })),
    ],
  });
}

/** Counts large enough for `more` holders than the program was written for. */
function roomFor(program: Program, more: number): Program {
  return {
    ...program,
    modules: program.modules.map((module) => ({ ...module, max: module.max + more })),
    types: program.types.map((type) => ({
      ...type,
      fields: type.fields.map((field) =>
        field.kind === 'refcount' && field.max !== undefined
          ? { ...field, max: Math.max(field.max, more + 3) }
          : field,
      ),
    })),
  };
}

const DEVICES = 4;
const OPENERS_PER_DEVICE = 2;

/**
 * Four devices of one driver: tasks' code once per device with the device's index into tables and directories, the
 * driver's locks and removal queue shared, pools for four, one prologue that connects all.
 */
export function fourDevices(): Program {
  const one = openers(1);
  const given = one.bodies[one.given];
  const [disconnect, opener] = one.tasks;
  assert(
    given !== undefined && disconnect !== undefined && opener !== undefined,
    'the program with one opener has its parts',
  );
  const code = [...one.code];
  const bodies = [...one.bodies];
  const tasks: TaskDecl[] = [];
  let connectNext = 0;
  for (let device = DEVICES - 1; device >= 0; device--) {
    for (const [task, count] of [
      [disconnect, 1],
      [opener, OPENERS_PER_DEVICE],
    ] as const) {
      const body = one.bodies[task.body];
      assert(body !== undefined, 'a task has a body');
      const entry = device === 0 ? body.entry : copy(code, body, device, 0);
      const index =
        device === 0
          ? task.body
          : bodies.push({ ...body, name: `${body.name} ${device}`, entry }) - 1;
      for (let i = 0; i < count; i++)
        tasks.push({ ...task, name: `${task.name} ${device}.${i}`, body: index });
    }
    if (device > 0)
      connectNext = copy(code, given, device, connectNext, (op) => setsUpDriver(one, op));
    else for (const pc of reachable(code, given.entry)) redirectEnd(code, pc, connectNext);
  }
  return checked({
    ...one,
    case: 'four-devices',
    title: 'four devices, a disconnect and two openers each',
    code,
    tasks,
    bodies: bodies.map((body) => ({ ...body, locals: body.locals.map(forAllDevices) })),
    modules: one.modules.map((module) => ({ ...module, max: DEVICES * module.max })),
    types: one.types.map((type) => ({
      ...type,
      count: isShared(type.name) ? type.count : DEVICES,
      fields: type.fields.map(forAllDevices),
    })),
    tables: one.tables.map((table) => ({ ...table, entries: DEVICES })),
    registries: one.registries.map((registry) => ({
      ...registry,
      entries: DEVICES,
    })),
  });
}

/** Appends a copy of a body for another device. @param end where it goes when done @returns its entry */
function copy(
  code: OpDecl[],
  { entry, locals }: BodyDecl,
  device: number,
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
      args: indexed(op, device, locals),
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

/** The one removal queue of the driver. */
const isShared = (type: string): boolean => type === 'nbd_del_wq' || type === 'destroy_complete';

/** What the prologue does once for the driver: allocating and storing its removal queue. */
function setsUpDriver(program: Program, { op, args }: OpDecl): boolean {
  if (op === 'kzalloc') return isShared(program.types[args[1] ?? -1]?.name ?? '');
  return op === 'store' && args[0] === -1 && program.statics[args[1] ?? -1]?.name === 'nbd_del_wq';
}

/** The operation's operands with the device's number added to constant indices, direct or on their way to a local. */
function indexed({ op, args }: OpDecl, device: number, locals: BodyDecl['locals']): number[] {
  const moved = [...args];
  const add = (i: number): void => {
    if (moved[i] === 0) moved[i + 1] = (moved[i + 1] ?? 0) + device;
  };
  if (op === 'set' && locals[args[0] ?? -1]?.name === INDEX) add(1);
  let i = 0;
  for (const operand of specOf(op).operands) {
    if (operand.is === 'index') add(i);
    i += widthOf(operand);
  }
  return moved;
}

const INDEX = 'index';

/** Locals and fields that hold a device's index, made large enough for all. */
const forAllDevices = <T extends { readonly name: string; readonly max?: number }>(decl: T): T =>
  decl.name === INDEX ? { ...decl, max: DEVICES - 1 } : decl;

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
