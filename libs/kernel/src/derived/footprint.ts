/**
 * The one location that a task's next step touches, and whether it writes: what a strategy needs to tell races from
 * independent steps. Derived from the operation's operands and what each is touched for.
 * One number, to be compared without allocation: slot + 1, object, whether it frees the object, whether it writes.
 * Limits: a step on two locations has the one it changes; whatever concerns a workqueue is one location. So
 * conflicts() serves to choose schedules, never to leave any out of a proof: that is what effects.ts is for.
 */
import type { Kernel } from '../operation/kernel.js';
import { laidOut, type Operand } from '../operation/operand.js';
import type { Operation } from '../operation/operation.js';
import { Row } from '../operation/row.js';
import { cell } from '../state/cell.js';
import type { Tables } from '../tables/tables.js';
import { specOf } from './catalogue.js';
import { isWorkItem } from './fields.js';

/** The footprint of a step that touches nothing others can see. */
export const NOTHING = 0;

export const WRITES = 1;
export const FREES = 2;
const OBJECT_SHIFT = 2;
const OBJECT_MASK = 255;
const SLOT_SHIFT = 10;

/** How the location follows from an operation's operands. */
type Locator = 'place' | 'pointer' | 'count' | 'type' | 'table' | 'registry' | 'module';

export interface Touch {
  readonly by: Locator | 'queue';
  /** Offset of the operand in the operation's row. */
  readonly operand: number;
  /** Offset of the index behind a table or registry, 0 if the operation has none. */
  readonly index: number;
  readonly flags: number;
}

const footprint = (slot: number, object: number, flags: number): number =>
  ((slot + 1) << SLOT_SHIFT) | (object << OBJECT_SHIFT) | flags;

export const isWrite = (print: number): boolean => (print & WRITES) !== 0;

/** The slot of a footprint, -1 for NOTHING. */
export const slotTouched = (print: number): number => (print >> SLOT_SHIFT) - 1;

/** The object whose slot it is, 0 for statics and NOTHING. */
export const objectTouched = (print: number): number => (print >> OBJECT_SHIFT) & OBJECT_MASK;

/** Whether the order of two steps can matter: one location and a write, or one frees the object the other is in. */
export function conflicts(a: number, b: number): boolean {
  if (a === NOTHING || b === NOTHING) return false;
  if (slotTouched(a) === slotTouched(b)) return ((a | b) & WRITES) !== 0;
  return isFreeOf(a, objectTouched(b)) || isFreeOf(b, objectTouched(a));
}

/** Whether the step frees this object. */
export const isFreeOf = (print: number, object: number): boolean =>
  (print & FREES) !== 0 && object !== 0 && objectTouched(print) === object;

/** The footprint of the step that the task would take in the machine's present state. */
export function nextFootprint(machine: Kernel, task: number): number {
  const { tables, state } = machine;
  const pc = cell(state, cell(machine.pcSlot, task));
  if (pc === 0) return ofQueue(tables, task);
  const touch = touchesOf(tables)[pc];
  if (touch === undefined || touch === null) return NOTHING;
  const operand = (pc << Row.shift) + touch.operand;
  const named = cell(machine.code, operand);
  const { layout } = tables;
  switch (touch.by) {
    case 'place': {
      const field = cell(machine.code, operand + 1);
      if (named < 0) return footprint(field, 0, touch.flags);
      const object = machine.pointer(task, operand);
      if (object === 0) return NOTHING;
      return footprint(cell(tables.fields, object) + field, object, touch.flags);
    }
    case 'pointer':
      return ofObject(tables, machine.pointer(task, operand), touch.flags);
    case 'queue':
      return ofQueue(tables, task);
    case 'type':
      return ofObject(tables, lowestFree(machine, named), touch.flags);
    case 'module':
      return footprint(layout.modules[named] ?? 0, 0, touch.flags);
    case 'table':
    case 'registry': {
      const first = (touch.by === 'table' ? layout.tables : layout.registries)[named] ?? 0;
      return footprint(first + indexOf(machine, task, pc, touch), 0, touch.flags);
    }
    case 'count':
      return ofCount(machine, task, pc, touch);
  }
}

/** What a worker changes that takes or ends an item, or a timer or handler that begins or ends: the queue, or its object. */
function ofQueue(tables: Tables, task: number): number {
  const actor = tables.layout.tasks[task];
  switch (actor?.kind) {
    case undefined:
    case 'task':
      return NOTHING;
    case 'worker':
      return ofObject(tables, actor.queue, WRITES);
    case 'timer':
    case 'handler':
      return ofObject(tables, cell(tables.itemObject, actor.number), WRITES);
  }
}

const indexOf = (machine: Kernel, task: number, pc: number, touch: Touch): number =>
  touch.index === 0 ? 0 : machine.value(task, (pc << Row.shift) + touch.index);

const ofObject = (tables: Tables, object: number, flags: number): number =>
  object === 0 ? NOTHING : footprint(cell(tables.life, object), object, flags);

/** A lookup that takes a reference: the count of what it finds, else the entry. `index` is where the index stands. */
function ofCount(machine: Kernel, task: number, pc: number, touch: Touch): number {
  const row = pc << Row.shift;
  const table = machine.tables.layout.tables[cell(machine.code, row + touch.index - 1)] ?? 0;
  const entry = table + indexOf(machine, task, pc, touch);
  const object = cell(machine.state, entry);
  if (object === 0) return footprint(entry, 0, 0);
  const count = cell(machine.tables.fields, object) + cell(machine.code, row + touch.operand);
  return footprint(count, object, touch.flags);
}

/** The object that an allocation of this type would get, 0 if its pool is exhausted. */
function lowestFree({ tables, state }: Kernel, type: number): number {
  for (let object = 1; object < tables.life.length; object++)
    if (cell(tables.typeOf, object) === type && cell(state, cell(tables.life, object)) === 0)
      return object;
  return 0;
}

const known = new WeakMap<Tables, readonly (Touch | null)[]>();

/** How the location of every operation follows from its operands, by its number. */
export function touchesOf(tables: Tables): readonly (Touch | null)[] {
  let touches = known.get(tables);
  if (touches === undefined) {
    touches = tables.program.code.map(({ op }) => touchOf(specOf(op)));
    known.set(tables, touches);
  }
  return touches;
}

function touchOf(spec: Operation): Touch | null {
  if (spec.endsItem === true) return { by: 'queue', operand: 0, index: 0, flags: WRITES };
  const parts = laidOut(spec.operands).map(({ operand, offset }) => ({
    operand,
    offset: offset + Row.arg,
  }));
  const index = parts.find(({ operand }) => operand.is === 'index')?.offset ?? 0;
  const located = parts.flatMap(({ operand, offset }) => {
    const by = locatorOf(operand);
    return by === null ? [] : [{ by, operand: offset, index, flags: flagsOf(operand) }];
  });
  return located.find(({ by }) => by === 'count') ?? located[0] ?? null;
}

function flagsOf(operand: Operand): number {
  if (operand.is === 'pointer' && operand.touch === 'frees') return WRITES | FREES;
  return 'touch' in operand && operand.touch === 'reads' ? 0 : WRITES;
}

/** A work item has no slot of its own: the object that embeds it stands for it. */
function locatorOf(operand: Operand): Locator | null {
  switch (operand.is) {
    case 'place':
      return operand.of.some((kind) => isWorkItem({ kind })) ? 'pointer' : 'place';
    case 'pointer':
      return operand.touch === 'keeps' ? null : 'pointer';
    case 'count':
    case 'type':
    case 'table':
    case 'registry':
    case 'module':
      return operand.is;
    case 'dst':
    case 'value':
    case 'index':
    case 'comparison':
    case 'member':
    case 'check':
    case 'task':
    case 'ambient':
      return null;
  }
}
