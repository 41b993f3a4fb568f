/**
 * A program compiled to flat tables: what step() reads. Immutable and shared by all machines of the program.
 * One operation is a row of 16 words in `code`, so that a program counter times 16 is its offset.
 */
import { at } from '../assert.js';
import { NEVER_WAITS, waitsFor, wakesFor } from '../ops/waiting.js';
import { SPECS, specOf, widthOf } from '../ops/specs.js';
import type { OpDecl, Program } from '../program/program.js';
import {
  allocatingFunctions,
  bodyOfOps,
  freeingFunctions,
  functionOfFrame,
} from '../state/facts.js';
import { fieldSlots, sizesOf, type FieldSlot } from '../state/field-slots.js';
import { layoutOf, type Layout } from '../state/layout.js';
import { lockTablesOf, type LockTables } from './lock-tables.js';
import { Item, Meta, Row, Waits } from './row.js';

export interface Tables extends LockTables {
  readonly program: Program;
  readonly layout: Layout;
  readonly code: Int32Array;
  /** Function a signature names, per operation. */
  readonly fn: Int32Array;
  /** Body each operation belongs to, -1 for the end. */
  readonly bodyOf: Int32Array;
  readonly milestone: Int32Array;
  /** Milestone slots that must be set before the operation's own first occurrence. */
  readonly requires: readonly (readonly number[])[];
  readonly fault: Int32Array;
  /** Bits of the modules whose text holds a frame of the operation. */
  readonly moduleText: Int32Array;
  readonly hasModuleExit: boolean;
  readonly typeOf: Int32Array;
  readonly life: Int32Array;
  /** Life values from 1 to this are alive, larger ones dead. */
  readonly liveMax: Int32Array;
  /** Life values up to this can be accessed: liveMax, or all where freed memory is reused at once. */
  readonly accessMax: Int32Array;
  /** Objects that some operation frees. */
  readonly mortal: Int32Array;
  readonly fields: Int32Array;
  readonly fieldCount: Int32Array;
  /** Values of a fresh object's fields, per type. */
  readonly fieldInit: readonly (readonly number[])[];
  readonly allocFns: readonly (readonly number[])[];
  readonly freeFns: readonly (readonly number[])[];
  /** Slots that hold object numbers, and the object each is a field of (0: none). */
  readonly pointerSlots: Int32Array;
  readonly pointerOwner: Int32Array;
  /** They lie owner by owner: those of object o are pointerFirst[o] .. pointerFirst[o + 1] - 1. */
  readonly pointerFirst: Int32Array;
  /** Slots that hold work items: pending on a queue, or running on a worker. */
  readonly itemSlots: Int32Array;
  /** Number of the list head whose first slot it is, 0 for every other slot. */
  readonly listOfSlot: Int32Array;
  readonly zeroed: boolean;
  /** Whether some wait has a timeout. */
  readonly hasTimeouts: boolean;
  readonly initial: Int32Array;
  /** Largest value of each slot. */
  readonly slotMax: Int32Array;
  /** Slot of the queue's first pending item, per task: -1 for a declared task or a queue that takes no items. */
  readonly taskFifo: Int32Array;
  /** Task that serves a queue, per object: -1 if it is none. */
  readonly workerOf: Int32Array;
  /** Slot of the item a worker runs, per task; -1 for a declared task. */
  readonly itemSlotOf: Int32Array;
  /** Slots of pending items, of all queues. */
  readonly fifoSlots: Int32Array;
  /** Object of each work item; 0 for "none". */
  readonly itemObject: Int32Array;
  /** Number of the work item in a field of an object, by object << 5 | field; 0 if there is none. */
  readonly itemOfField: Int32Array;
}

const flags = (program: Program, op: OpDecl, spins: boolean): number => {
  const spec = specOf(op.op);
  let meta = 0;
  if (op.milestone !== undefined) meta |= Meta.milestone;
  if (op.fault !== undefined && program.faults.budget > 0) meta |= Meta.fault;
  if (op.milestone !== undefined && program.order.some(([, b]) => b === op.milestone))
    meta |= Meta.ordered;
  if (op.yields === true) meta |= Meta.yields;
  if (spec.wakes === true) meta |= Meta.wakes | (wakesFor(op.op) << Waits.wakesShift);
  if (spec.local === true) meta |= Meta.local;
  if (spec.sleeps === true && spins) meta |= Meta.sleeps;
  if (op.op === 'stay' || (spec.wakes === true && !NEVER_WAITS.has(op.op)))
    meta |= Meta.waits | (waitsFor(op.op) << Waits.waitsShift);
  return meta;
};

/** Operands with field numbers turned into slots: absolute for statics, offsets for fields of objects. */
function operands(program: Program, layout: Layout, body: number, op: OpDecl): number[] {
  const out: number[] = [];
  let i = 0;
  for (const operand of SPECS[op.op].operands) {
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
        out.push(base, operand.of[0] === 'work' ? field : at(at(layout.fieldOffsets, type), field));
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
  const running = layout.tasks.flatMap((task) => (task.item < 0 ? [] : [task.item]));
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
  'taskFifo' | 'workerOf' | 'itemSlotOf' | 'fifoSlots' | 'itemObject' | 'itemOfField'
> {
  const fifos = layout.objects.flatMap((object) =>
    object === null ? [] : Array.from({ length: object.fifoLength }, (_, i) => object.fifo + i),
  );
  const itemOfField = new Int32Array(layout.objects.length << Item.fieldBits);
  layout.items.forEach((item, number) => {
    if (item === null) return;
    const fields = program.types[layout.objects[item.object]?.type ?? -1]?.fields ?? [];
    const field = fields.findIndex((f) => f.work === item.work);
    itemOfField[(item.object << Item.fieldBits) | field] = number;
  });
  return {
    taskFifo: Int32Array.from(layout.tasks, ({ queue }) => {
      const object = layout.objects[queue];
      return object === null || object === undefined || object.fifoLength === 0 ? -1 : object.fifo;
    }),
    workerOf: Int32Array.from(layout.objects, (object, number) =>
      object === null ? -1 : layout.tasks.findIndex((task) => task.queue === number),
    ),
    itemSlotOf: Int32Array.from(layout.tasks, ({ item }) => item),
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
  program.code.forEach((op, pc) => {
    const row = pc << Row.shift;
    code[row + Row.op] = SPECS[op.op].code;
    operands(program, layout, at(bodies, pc), op).forEach((v, i) => (code[row + Row.arg + i] = v));
    code[row + Row.next] = op.next;
    code[row + Row.alt] = op.alt ?? op.next;
    code[row + Row.meta] = flags(program, op, spins);
    for (let f = op.frame; f >= 0; f = at(program.frames, f).caller) {
      const module = at(program.functions, at(program.frames, f).fn).module;
      if (module !== undefined) moduleText[pc] = at(moduleText, pc) | (1 << module);
    }
  });
  const objects = layout.objects;
  const perObject = (
    value: (object: NonNullable<(typeof objects)[number]>) => number,
  ): Int32Array => Int32Array.from(objects, (object) => (object === null ? 0 : value(object)));
  const slotsOfType = program.types.map((type): FieldSlot[] =>
    type.fields.flatMap((field) => fieldSlots(field, sizesOf(program))),
  );
  const allocFns = program.types.map((_, t) => allocatingFunctions(program, t));
  const freeFns = program.types.map((_, t) => freeingFunctions(program, t));
  return {
    program,
    layout,
    code,
    bodyOf: bodies,
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
    hasModuleExit: program.code.some((op) => op.op === 'module_free'),
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
    slotMax: Int32Array.from(layout.slots, (slot) => slot.max),
    listOfSlot: listNumbers(layout),
    zeroed: program.reuse === 'zeroed',
    hasTimeouts: program.code.some((op) => op.op === 'wait_for_completion_timeout'),
    initial: initialVector(program, layout),
  };
}
