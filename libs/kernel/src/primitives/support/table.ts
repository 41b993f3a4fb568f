/** Tables of pointers by a small integer: what idrs and xarrays share. An index past the table is `bound exceeded`. */
import { at } from '../../assert.js';
import type { Kernel } from '../../operation/kernel.js';
import type { Step } from '../../operation/operation.js';
import { BoundExceeded } from '../../operation/outcome.js';
import { Row } from '../../operation/row.js';

/** Slots of all entries. @param row where the table's number stands */
export function tableAt(m: Kernel, row: number): { readonly first: number; readonly n: number } {
  const which = m.code[row] as number;
  const first = at(m.tables.layout.tables, which);
  return { first, n: at(m.tables.program.tables, which).entries };
}

/** Slot of the entry. @param row where the table's number stands */
export function entry(m: Kernel, row: number, number: number): number {
  const { first, n } = tableAt(m, row);
  if (number < 0 || number >= n) {
    const { name } = at(m.tables.program.tables, m.code[row] as number);
    throw new BoundExceeded(`the index into ${name}`, n - 1);
  }
  return first + number;
}

/** Operands: dst, table, index. Gives what is there, and leaves there what `after` says. */
const gives =
  (after: 'the same' | 'nothing'): Step =>
  (m, task, row) => {
    const slot = entry(m, row + Row.arg + 1, m.value(task, row + Row.arg + 2));
    m.set(m.local(task, row + Row.arg), m.state[slot] as number);
    if (after === 'nothing') m.set(slot, 0);
    return m.code[row + Row.next] as number;
  };

export const find = gives('the same');
export const take = gives('nothing');

/** Operand: table. */
export const forgetAll: Step = (m, _task, row) => {
  const { first, n } = tableAt(m, row + Row.arg);
  for (let i = 0; i < n; i++) m.set(first + i, 0);
  return m.code[row + Row.next] as number;
};
