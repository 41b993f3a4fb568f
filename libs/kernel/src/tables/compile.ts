/** Compiles a program to the tables that a machine runs on. What operations are is derived from their definitions. */
import { at } from '../assert.js';
import { AWAITED_KINDS, numberOf, specOf } from '../derived/catalogue.js';
import {
  allocatingFunctions,
  bodyOfOps,
  freeingFunctions,
  functionOfFrame,
  outermostFunction,
  pointeeOf,
} from '../derived/facts.js';
import { fieldSlots, isWorkItem, sizesOf } from '../derived/fields.js';
import type { FieldSlot } from '../operation/field-kind.js';
import { laidOut, widthOf } from '../operation/operand.js';
import type { Operation } from '../operation/operation.js';
import { Item, Meta, Row } from '../operation/row.js';
import type { OpDecl, Program } from '../program/program.js';
import { layoutOf } from '../state/layout.js';
import type { Layout } from '../state/layout-types.js';
import { lockClassOf, lockTablesOf } from './lock-tables.js';
import type { Tables } from './tables.js';

/** Bits of what is waited for: an awaited kind of field each, and the items of queues. */
const QUEUES = 1 << AWAITED_KINDS.length;
const EVERYTHING = QUEUES * 2 - 1;

const bitOf = (kind: string): number => {
  const i = AWAITED_KINDS.indexOf(kind);
  return i < 0 ? 0 : 1 << i;
};

/** What an operation works on, of what is waited for at all. @param touched counts only what it changes */
function resources({ operands, endsItem }: Operation, touched: 'all' | 'changed'): number {
  let bits = endsItem === true ? QUEUES : 0;
  for (const operand of operands) {
    if (!('touch' in operand) || (touched === 'changed' && operand.touch === 'reads')) continue;
    if (operand.is === 'place') for (const kind of operand.of) bits |= bitOf(kind);
    if (operand.is !== 'pointer') continue;
    if (operand.to === 'workqueue') bits |= QUEUES;
    if (operand.touch === 'frees') bits |= EVERYTHING;
  }
  return bits;
}

const flags = (program: Program, op: OpDecl, spins: boolean): number => {
  const spec = specOf(op.op);
  let meta = 0;
  if (op.milestone !== undefined) meta |= Meta.milestone;
  if (op.fault !== undefined && program.faults.budget > 0) meta |= Meta.fault;
  if (op.milestone !== undefined && program.order.some(([, b]) => b === op.milestone))
    meta |= Meta.ordered;
  if (op.yields === true) meta |= Meta.yields;
  if (spec.local === true) meta |= Meta.local;
  if (spec.sleeps && spins) meta |= Meta.sleeps;
  if (spec.wait !== 'never') meta |= Meta.waits;
  if (spec.wait !== 'never' && spec.wait.timeout === true) meta |= Meta.timeout;
  if (spec.lock !== 'none' && spec.lock.ordered) meta |= Meta.acquires;
  if (spec.countsItems === true) meta |= Meta.counts;
  return meta;
};

/** Operands with field numbers turned into slots: absolute for statics, offsets for fields of objects. */
function operands(program: Program, layout: Layout, body: number, op: OpDecl): number[] {
  const out: number[] = [];
  let i = 0;
  for (const operand of specOf(op.op).operands) {
    const width = widthOf(operand);
    const values = op.args.slice(i, i + width);
    i += width;
    if (operand.is === 'count') {
      const type = at(program.tables, at(op.args, 1)).type;
      out.push(at(at(layout.fieldOffsets, type), at(values, 0)));
    } else if (operand.is === 'place') {
      const [base, field] = [at(values, 0), at(values, 1)];
      if (base < 0) out.push(-1, at(layout.statics, field));
      else {
        const type = program.bodies[body]?.locals[base]?.type ?? 0;
        const offset = at(at(layout.fieldOffsets, type), field);
        out.push(base, offset < 0 ? field : offset);
      }
    } else out.push(...values);
  }
  return out;
}

function pointersOf(
  layout: Layout,
): Pick<Tables, 'pointerSlots' | 'pointerOwner' | 'pointerFirst' | 'itemSlots'> {
  const slots = layout.slots.flatMap((slot, i) => (slot.pointer ? [i] : []));
  const given = layout.given;
  const scratch =
    given === null ? [] : Array.from({ length: given.localCount }, (_, i) => given.locals + i);
  const ownerOf = (slot: number): number => layout.slots[slot]?.owner ?? 0;
  const pointerSlots = [...slots, ...scratch].sort((a, b) => ownerOf(a) - ownerOf(b) || a - b);
  const owners = pointerSlots.map(ownerOf);
  const fifos = layout.objects.flatMap((object) =>
    object === null ? [] : Array.from({ length: object.fifoLength }, (_, i) => object.fifo + i),
  );
  const running = layout.tasks.flatMap((actor) => (actor.kind === 'worker' ? [actor.item] : []));
  return {
    pointerSlots: Int32Array.from(pointerSlots),
    pointerOwner: Int32Array.from(owners),
    pointerFirst: Int32Array.from({ length: layout.objects.length + 1 }, (_, object) =>
      owners.reduce((n, owner) => n + (owner < object ? 1 : 0), 0),
    ),
    itemSlots: Int32Array.from([...fifos, ...running]),
  };
}

function initialVector(program: Program, layout: Layout): Int32Array {
  const state = new Int32Array(layout.slots.length + (layout.given?.localCount ?? 0) + 2);
  program.statics.forEach((field, i) => {
    if (field.init !== undefined) state[at(layout.statics, i)] = field.init;
  });
  state[layout.faults] = program.faults.budget;
  return state;
}

/** Which worker serves which queue, and where its items are. */
function queuesOf(
  program: Program,
  layout: Layout,
): Pick<
  Tables,
  'workerOf' | 'itemSlotOf' | 'fifoSlots' | 'itemObject' | 'itemOfField' | 'hasItems'
> {
  const fifos = layout.objects.flatMap((object) =>
    object === null ? [] : Array.from({ length: object.fifoLength }, (_, i) => object.fifo + i),
  );
  const itemOfField = new Int32Array(layout.objects.length << Item.fieldBits);
  layout.items.forEach((item, number) => {
    if (item === null) return;
    const fields = program.types[layout.objects[item.object]?.type ?? -1]?.fields ?? [];
    const field = fields.findIndex((f) => isWorkItem(f) && f.work === item.work);
    itemOfField[(item.object << Item.fieldBits) | field] = number;
  });
  return {
    workerOf: Int32Array.from(layout.objects, (object, number) =>
      object === null
        ? -1
        : layout.tasks.findIndex((actor) => actor.kind === 'worker' && actor.queue === number),
    ),
    itemSlotOf: Int32Array.from([...layout.tasks, null], (actor) =>
      actor?.kind === 'worker' ? actor.item : -1,
    ),
    hasItems: layout.items.length > 1,
    fifoSlots: Int32Array.from(fifos),
    itemObject: Int32Array.from(layout.items, (item) => item?.object ?? 0),
    itemOfField,
  };
}

function listNumbers(layout: Layout): Int32Array {
  const numbers = new Int32Array(layout.slots.length);
  layout.lists.forEach((head, number) => {
    if (head !== null) numbers[head.slot] = number;
  });
  return numbers;
}

/** Whether an operation's wait may also end by itself. */
export const isTimed = (op: string): boolean => {
  const { wait } = specOf(op);
  return wait !== 'never' && wait.timeout === true;
};

const EVERY_LIFE = 0x7fffffff;
const compiled = new WeakMap<Program, Tables>();

/** The program's tables, compiled once per program object. */
export function tablesOf(program: Program): Tables {
  let tables = compiled.get(program);
  if (tables === undefined) {
    tables = compileTables(program);
    compiled.set(program, tables);
  }
  return tables;
}

function compileTables(program: Program): Tables {
  const layout = layoutOf(program);
  const count = program.code.length;
  const code = new Int32Array(count << Row.shift);
  const bodies = bodyOfOps(program);
  const moduleText = new Int32Array(count);
  const locks = lockTablesOf(program, layout);
  const spins = locks.spinClasses !== 0;
  const lockOf = (pc: number): number => {
    const { op, args } = at(program.code, pc);
    const { lock, operands: all } = specOf(op);
    if (lock === 'none') return -1;
    const { operand, offset } = at(laidOut(all), lock.operand);
    return lockClassOf(locks, operand, args.slice(offset), (local) =>
      pointeeOf(program, bodies, pc, local),
    );
  };
  program.code.forEach((op, pc) => {
    const row = pc << Row.shift;
    code[row + Row.op] = numberOf(op.op);
    operands(program, layout, at(bodies, pc), op).forEach((v, i) => (code[row + Row.arg + i] = v));
    code[row + Row.next] = op.next;
    code[row + Row.alt] = op.alt ?? op.next;
    code[row + Row.meta] = flags(program, op, spins);
    code[row + Row.wakes] = resources(specOf(op.op), 'changed');
    code[row + Row.waits] = resources(specOf(op.op), 'all');
    code[row + Row.lock] = lockOf(pc);
    for (let f = op.frame; f >= 0; f = at(program.frames, f).caller) {
      const module = at(program.functions, at(program.frames, f).fn).module;
      if (module !== undefined) moduleText[pc] = at(moduleText, pc) | (1 << module);
    }
  });
  // A worker that is idle waits for items, and changes its queue when it takes one.
  code[Row.meta] = Meta.waits;
  code[Row.wakes] = QUEUES;
  code[Row.waits] = QUEUES;
  const objects = layout.objects;
  const perObject = (
    value: (object: NonNullable<(typeof objects)[number]>) => number,
  ): Int32Array => Int32Array.from(objects, (object) => (object === null ? 0 : value(object)));
  const slotsOfType = program.types.map((type): FieldSlot[] =>
    type.fields.flatMap((field) => [...fieldSlots(field, sizesOf(program))]),
  );
  const allocFns = program.types.map((_, t) => allocatingFunctions(program, t));
  const freeFns = program.types.map((_, t) => freeingFunctions(program, t));
  return {
    program,
    layout,
    code,
    bodyOf: bodies,
    entryFunction: Int32Array.from(program.bodies, ({ entry }) =>
      outermostFunction(program, entry),
    ),
    fn: Int32Array.from(program.code, (op) =>
      op.frame < 0 ? -1 : functionOfFrame(program, op.frame),
    ),
    milestone: Int32Array.from(program.code, (op) =>
      op.milestone === undefined ? -1 : at(layout.milestones, op.milestone),
    ),
    requires: program.code.map((op) =>
      program.order.filter(([, b]) => b === op.milestone).map(([a]) => at(layout.milestones, a)),
    ),
    fault: Int32Array.from(program.code, (op) => op.fault ?? -1),
    moduleText,
    hasModuleExit: program.code.some(({ op }) =>
      specOf(op).operands.some((operand) => operand.is === 'module' && operand.text === 'unmaps'),
    ),
    typeOf: perObject((object) => object.type),
    life: perObject((object) => object.life),
    liveMax: perObject((object) => at(allocFns, object.type).length),
    accessMax: perObject((object) => {
      const zeroed = program.reuse === 'zeroed' && program.types[object.type]?.kind === 'struct';
      return zeroed ? EVERY_LIFE : at(allocFns, object.type).length;
    }),
    mortal: Int32Array.from(
      objects.flatMap((object, number) =>
        object !== null && at(freeFns, object.type).length > 0 ? [number] : [],
      ),
    ),
    fields: perObject((object) => object.fields),
    fieldCount: perObject((object) => at(slotsOfType, object.type).length),
    fieldInit: slotsOfType.map((slots) => slots.map((slot) => slot.init ?? 0)),
    allocFns,
    freeFns,
    ...locks,
    ...pointersOf(layout),
    ...queuesOf(program, layout),
    slotMin: Int32Array.from(layout.slots, (slot) => slot.min),
    slotMax: Int32Array.from(layout.slots, (slot) => slot.max),
    listOfSlot: listNumbers(layout),
    zeroed: program.reuse === 'zeroed',
    hasTimeouts: program.code.some(({ op }) => isTimed(op)),
    initial: initialVector(program, layout),
  };
}
