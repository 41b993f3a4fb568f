/**
 * Module references and text (kernel/module): try_module_get fails unless the module is live; rmmod turns it to
 * going only at count zero; after module_free its text is unmapped, and running any of it is a module-text-fault
 * (checked in Machine.step before the operation, and when a worker takes an item).
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

export const MODULE_LIVE = 0;
export const MODULE_GOING = 1;
export const MODULE_GONE = 2;

const slotOf = (m: Machine, row: number): number =>
  m.tables.layout.modules[m.code[row + Row.arg] as number] ?? 0;

export function try_module_get(m: Machine, row: number): number {
  const slot = slotOf(m, row);
  if ((m.state[slot + 1] as number) !== MODULE_LIVE) return m.code[row + Row.alt] as number;
  m.count(slot, (m.state[slot] as number) + 1);
  return m.code[row + Row.next] as number;
}

export function module_put(m: Machine, row: number): number {
  const slot = slotOf(m, row);
  const count = m.state[slot] as number;
  if (count === 0) {
    m.failure.raise('refcount-underflow', m.pc, m.pc);
    return Exit.failed;
  }
  m.set(slot, count - 1);
  return m.code[row + Row.next] as number;
}

/** delete_module(2): leaves by `alt` with -EWOULDBLOCK while the module is in use. */
export function module_begin_exit(m: Machine, row: number): number {
  const slot = slotOf(m, row);
  if ((m.state[slot] as number) !== 0 || (m.state[slot + 1] as number) !== MODULE_LIVE)
    return m.code[row + Row.alt] as number;
  m.set(slot + 1, MODULE_GOING);
  return m.code[row + Row.next] as number;
}

export function module_free(m: Machine, row: number): number {
  m.set(slotOf(m, row) + 1, MODULE_GONE);
  return m.code[row + Row.next] as number;
}

/** Whether the operation at `pc` lies in the text of a module that is gone; if so the run has failed. */
export function textGone(m: Machine, pc: number): boolean {
  const text = m.tables.moduleText[pc] as number;
  if (text === 0) return false;
  const { modules } = m.tables.layout;
  for (let module = 0; module < modules.length; module++) {
    const base = modules[module] ?? 0;
    if ((text & (1 << module)) === 0 || (m.state[base + 1] as number) !== MODULE_GONE) continue;
    m.failure.moduleText(pc, module);
    return true;
  }
  return false;
}
