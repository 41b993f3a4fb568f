/** What of an operation stands in its row: flags, operands as slots, and whom it wakes. Derived from its definition. */
import { at } from '../assert.js';
import { canRace } from '../derived/accesses.js';
import { AWAITED_KINDS, specOf } from '../derived/catalogue.js';
import { isWorkItem } from '../derived/fields.js';
import { widthOf, type Ambient } from '../operation/operand.js';
import type { Operation } from '../operation/operation.js';
import { Meta } from '../operation/row.js';
import type { OpDecl, Program } from '../program/program.js';
import type { Layout } from '../state/layout-types.js';

/** Bits of what is waited for: an awaited kind of field each, and the items of queues. */
export const QUEUES = 1 << AWAITED_KINDS.length;
const AMBIENT: Readonly<Record<Ambient, number>> = { signals: QUEUES * 2, contexts: QUEUES * 4 };
const EVERYTHING = QUEUES * 2 - 1;

const bitOf = (kind: string): number => {
  if (isWorkItem({ kind })) return QUEUES;
  const i = AWAITED_KINDS.indexOf(kind);
  return i < 0 ? 0 : 1 << i;
};

/** What an operation works on, of what is waited for at all. @param touched counts only what it changes */
export function resources(
  { operands, endsItem, wait }: Operation,
  touched: 'all' | 'changed',
): number {
  let bits = endsItem === true ? QUEUES : 0;
  if (touched === 'all' && wait !== 'never' && wait.signal !== undefined) bits |= AMBIENT.signals;
  for (const operand of operands) {
    if ('touch' in operand && touched === 'changed' && operand.touch === 'reads') continue;
    if (operand.is === 'ambient') bits |= AMBIENT[operand.name];
    if (operand.is === 'place') for (const kind of operand.of) bits |= bitOf(kind);
    // A handler whose text is gone comes: that is how it is found.
    if (operand.is === 'module' && operand.text === 'unmaps') bits |= QUEUES;
    if (operand.is !== 'pointer') continue;
    if (operand.to === 'workqueue') bits |= QUEUES;
    if (operand.touch === 'frees') bits |= EVERYTHING;
  }
  return bits;
}

/** @param atomic there is something that a task must not sleep in */
export const flags = (program: Program, op: OpDecl, atomic: boolean): number => {
  const spec = specOf(op.op);
  let meta = 0;
  if (op.milestone !== undefined) meta |= Meta.milestone;
  if (op.fault !== undefined && program.faults.budget > 0) meta |= Meta.fault;
  if (op.milestone !== undefined && program.order.some(([, b]) => b === op.milestone))
    meta |= Meta.ordered;
  if (op.yields === true) meta |= Meta.yields;
  if (spec.local === true) meta |= Meta.local;
  if (spec.sleeps && atomic) meta |= Meta.sleeps;
  if (spec.wait !== 'never') meta |= Meta.waits;
  if (spec.wait !== 'never' && spec.wait.timeout === true) meta |= Meta.timeout;
  if (spec.wait !== 'never' && spec.wait.signal !== undefined)
    meta |= spec.wait.signal === 'any' ? Meta.interruptible : Meta.killable;
  if (spec.lock !== 'none' && spec.lock.ordered) meta |= Meta.acquires;
  if (program.detect?.includes('data-race') === true && canRace(spec)) meta |= Meta.races;
  if (spec.countsItems === 'queue') meta |= Meta.counts;
  if (spec.countsItems === 'item') meta |= Meta.countsRuns;
  return meta;
};

/** Operands with field numbers turned into slots: absolute for statics, offsets for fields of objects. */
export function operands(program: Program, layout: Layout, body: number, op: OpDecl): number[] {
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
        const decl = program.types[type]?.fields[field];
        const isItem = decl !== undefined && isWorkItem(decl);
        out.push(base, isItem ? field : at(at(layout.fieldOffsets, type), field));
      }
    } else out.push(...values);
  }
  return out;
}
