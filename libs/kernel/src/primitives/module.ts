/**
 * Module references and text (kernel/module): try_module_get fails unless the module is live; rmmod turns it to
 * going only at count zero; after module_free its text is unmapped, and running any of it is a module-text-fault
 * (checked in Machine.step before the operation, and when a worker takes an item).
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ALT, ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export const MODULE_LIVE = 0;
export const MODULE_GOING = 1;
export const MODULE_GONE = 2;

const slotOf = (m: Machine, row: number): number =>
  m.tables.layout.modules[cell(m.code, row + ARG)] ?? 0;

export function try_module_get(m: Machine, row: number): number {
  const slot = slotOf(m, row);
  if (cell(m.state, slot + 1) !== MODULE_LIVE) return cell(m.code, row + ALT);
  m.count(slot, cell(m.state, slot) + 1);
  return cell(m.code, row + NEXT);
}

export function module_put(m: Machine, row: number): number {
  const slot = slotOf(m, row);
  const count = cell(m.state, slot);
  if (count === 0) {
    m.failure.raise('refcount-underflow', m.pc, m.pc);
    return FAILED;
  }
  m.state[slot] = count - 1;
  return cell(m.code, row + NEXT);
}

/** delete_module(2): leaves by `alt` with -EWOULDBLOCK while the module is in use. */
export function module_begin_exit(m: Machine, row: number): number {
  const slot = slotOf(m, row);
  if (cell(m.state, slot) !== 0 || cell(m.state, slot + 1) !== MODULE_LIVE)
    return cell(m.code, row + ALT);
  m.state[slot + 1] = MODULE_GOING;
  return cell(m.code, row + NEXT);
}

export function module_free(m: Machine, row: number): number {
  m.state[slotOf(m, row) + 1] = MODULE_GONE;
  return cell(m.code, row + NEXT);
}

/** Whether the operation at `pc` lies in the text of a module that is gone; if so the run has failed. */
export function textGone(m: Machine, pc: number): boolean {
  const text = cell(m.tables.moduleText, pc);
  if (text === 0) return false;
  const { modules } = m.tables.layout;
  for (let module = 0; module < modules.length; module++) {
    const base = modules[module] ?? 0;
    if ((text & (1 << module)) === 0 || cell(m.state, base + 1) !== MODULE_GONE) continue;
    m.failure.moduleText(pc, module);
    return true;
  }
  return false;
}
