/**
 * The one location that a task's next step touches, and whether it writes: what a strategy needs to tell races from
 * independent steps. Read off the operation's specification, so that a new primitive gets a footprint by declaring
 * its operands; it counts as a write unless its spec says `reads`.
 * One number, to be compared without allocation: slot + 1, object, whether it frees the object, whether it writes.
 * Limits: a step on two locations has the one it changes; whatever concerns a workqueue is one location. So
 * conflicts() serves to choose schedules, never to leave any out of a proof: that is what effects.ts is for.
 */
import type { Machine } from '../machine/machine.js';
import { type Tables } from '../machine/tables.js';
import { Row } from '../machine/row.js';
import { cell } from '../state/cell.js';
import { specOf, widthOf, type Operand } from './specs.js';

/** The footprint of a step that touches nothing others can see. */
export const NOTHING = 0;

const WRITES = 1;
const FREES = 2;
const OBJECT_SHIFT = 2;
const OBJECT_MASK = 63;
const SLOT_SHIFT = 8;

/** How the location follows from an operation's operands. */
const LOCATORS = ['place', 'pointer', 'count', 'type', 'table', 'registry', 'module'] as const;
type Locator = (typeof LOCATORS)[number];

interface Touch {
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
export function nextFootprint(machine: Machine, task: number): number {
  const { tables, state } = machine;
  const pc = cell(state, cell(machine.pcSlot, task));
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
      return ofObject(tables, layout.tasks[task]?.queue ?? 0, touch.flags);
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

const indexOf = (machine: Machine, task: number, pc: number, touch: Touch): number =>
  touch.index === 0 ? 0 : machine.value(task, (pc << Row.shift) + touch.index);

const ofObject = (tables: Tables, object: number, flags: number): number =>
  object === 0 ? NOTHING : footprint(cell(tables.life, object), object, flags);

/** A lookup that takes a reference: the count of what it finds, else the entry. `index` is where the index stands. */
function ofCount(machine: Machine, task: number, pc: number, touch: Touch): number {
  const row = pc << Row.shift;
  const table = machine.tables.layout.tables[cell(machine.code, row + touch.index - 1)] ?? 0;
  const entry = table + indexOf(machine, task, pc, touch);
  const object = cell(machine.state, entry);
  if (object === 0) return footprint(entry, 0, 0);
  const count = cell(machine.tables.fields, object) + cell(machine.code, row + touch.operand);
  return footprint(count, object, touch.flags);
}

/** The object that an allocation of this type would get, 0 if its pool is exhausted. */
function lowestFree({ tables, state }: Machine, type: number): number {
  for (let object = 1; object < tables.life.length; object++)
    if (cell(tables.typeOf, object) === type && cell(state, cell(tables.life, object)) === 0)
      return object;
  return 0;
}

const known = new WeakMap<Tables, readonly (Touch | null)[]>();

function touchesOf(tables: Tables): readonly (Touch | null)[] {
  let touches = known.get(tables);
  if (touches === undefined) {
    touches = tables.program.code.map(({ op }) => touchOf(specOf(op)));
    known.set(tables, touches);
  }
  return touches;
}

function touchOf({ operands, ...traits }: ReturnType<typeof specOf>): Touch | null {
  const flags = (traits.reads === true ? 0 : WRITES) | (traits.frees === true ? FREES : 0);
  const found: { by: Locator; operand: number }[] = [];
  let index = 0;
  let offset = Row.arg;
  for (const operand of operands) {
    if (operand.is === 'index') index = offset;
    else if (isLocator(operand)) found.push({ by: locatorOf(operand), operand: offset });
    offset += widthOf(operand);
  }
  const first = found.find(({ by }) => by === 'count') ?? found[0];
  if (first !== undefined) return { ...first, index, flags };
  return traits.ofQueue === true ? { by: 'queue', operand: 0, index: 0, flags } : null;
}

/** A work item has no slot of its own: the object that embeds it stands for it. */
const locatorOf = (operand: Operand & { readonly is: Locator }): Locator =>
  operand.is === 'place' && operand.of.includes('work') ? 'pointer' : operand.is;

const isLocator = (operand: Operand): operand is Operand & { readonly is: Locator } =>
  LOCATORS.some((locator) => locator === operand.is);
