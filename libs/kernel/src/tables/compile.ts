/** Compiles a program to the tables that a machine runs on. What operations are is derived from their definitions. */
import { at } from '../assert.js';
import { numberOf, specOf } from '../derived/catalogue.js';
import {
  allocatingFunctions,
  bodyOfOps,
  freeingFunctions,
  functionOfFrame,
  outermostFunction,
  pointeeOf,
  usesContexts,
} from '../derived/facts.js';
import { fieldSlots, sizesOf } from '../derived/fields.js';
import type { FieldSlot } from '../operation/field-kind.js';
import { laidOut } from '../operation/operand.js';
import { Meta, Row } from '../operation/row.js';
import { CONTEXTS, type Program } from '../program/program.js';
import { layoutOf } from '../state/layout.js';
import type { Layout } from '../state/layout-types.js';
import { lockClassOf, lockTablesOf } from './lock-tables.js';
import { listNumbers, pointersOf, queuesOf, firedOf } from './places.js';
import { flags, operands, QUEUES, resources } from './rows.js';
import type { Tables } from './tables.js';

function initialVector(program: Program, layout: Layout): Int32Array {
  const state = new Int32Array(layout.slots.length + (layout.given?.localCount ?? 0) + 2);
  program.statics.forEach((field, i) => {
    if (field.init !== undefined) state[at(layout.statics, i)] = field.init;
  });
  state[layout.faults] = program.faults.budget;
  return state;
}

/** Whether an operation's wait may also end by itself. */
export const isTimed = (op: string): boolean => {
  const { wait } = specOf(op);
  return wait !== 'never' && wait.timeout === true;
};

/** The task, and all that interrupt it or what it interrupts. */
function onCpuOf({ tasks }: Program, task: number): number {
  const cpu = tasks[task]?.on ?? task;
  return tasks.reduce((mask, { on }, t) => (on === cpu ? mask | (1 << t) : mask), 1 << cpu);
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
  const atomic = locks.spinClasses !== 0 || usesContexts(program);
  const lockOf = (pc: number): number => {
    const { op, args } = at(program.code, pc);
    const { lock, operands: all } = specOf(op);
    if (lock === 'none') return -1;
    const { operand, offset } = at(laidOut(all), lock.operand);
    return lockClassOf(program, locks, operand, args.slice(offset), (local) =>
      pointeeOf(program, bodies, pc, local),
    );
  };
  program.code.forEach((op, pc) => {
    const row = pc << Row.shift;
    code[row + Row.op] = numberOf(op.op);
    operands(program, layout, at(bodies, pc), op).forEach((v, i) => (code[row + Row.arg + i] = v));
    code[row + Row.next] = op.next;
    code[row + Row.alt] = op.alt ?? op.next;
    code[row + Row.meta] = flags(program, op, atomic);
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
    hasExclusive: sizesOf(program).exclusive,
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
    ...queuesOf(layout),
    ...firedOf(layout),
    slotMin: Int32Array.from(layout.slots, (slot) => slot.min),
    slotMax: Int32Array.from(layout.slots, (slot) => slot.max),
    listOfSlot: listNumbers(layout),
    zeroed: program.reuse === 'zeroed',
    signalSlot: Int32Array.from([...layout.tasks, null], (actor) => actor?.signals ?? -1),
    contextSlot: Int32Array.from([...layout.tasks, layout.given], (actor) => actor?.contexts ?? -1),
    contextOf: Uint8Array.from(layout.tasks, (_, t) => {
      const { context } = program.tasks[t] ?? {};
      return context === undefined ? 0 : CONTEXTS.indexOf(context) + 1;
    }),
    onCpuOf: Int32Array.from(layout.tasks, (_, t) => onCpuOf(program, t)),
    hasInterrupts: program.tasks.some(({ on }) => on !== undefined),
    hasTimeouts:
      program.code.some(({ op }) => isTimed(op)) ||
      layout.tasks.some(({ kind }) => kind === 'timer'),
    anyTime: program.timeouts === 'any',
    initial: initialVector(program, layout),
  };
}
