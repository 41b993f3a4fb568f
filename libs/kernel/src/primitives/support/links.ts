/**
 * Pointers between list heads, of whatever kind (include/linux/list.h, lib/list_debug.c): each head and node has a number, and
 * a pointer holds such a number, NULL, or one of the two poisons that a deletion leaves behind.
 */
import type { FieldSlot, Sizes } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import { Exit, Row } from '../../operation/row.js';

/** What a pointer holds besides NULL and the numbers of list heads: a deletion leaves these behind. */
const LIST_POISON1 = (lists: number): number => lists + 1;
const LIST_POISON2 = (lists: number): number => lists + 2;

/** Offset of the second slot. */
export const BACK = 1;

export const linkSlot = (suffix: string, { lists }: Sizes): FieldSlot => ({
  suffix,
  max: LIST_POISON2(lists),
});

const heads = (m: Kernel): number => m.tables.layout.lists.length - 1;

/** Number of the head or node whose first slot it is. */
export const numberOf = (m: Kernel, slot: number): number => m.tables.listOfSlot[slot] as number;

export function corrupt(m: Kernel): number {
  m.failure.raise('list-corruption', m.pc, m.pc);
  return Exit.failed;
}

export function poison(m: Kernel, slot: number): void {
  m.set(slot, LIST_POISON1(heads(m)));
  m.set(slot + BACK, LIST_POISON2(heads(m)));
}

export const isPoison = (m: Kernel, to: number): boolean => to > heads(m);

/** First slot of the head that a pointer leads to, or FAILED after a detector spoke. @param row the operand it is of */
export function neighbour(m: Kernel, row: number, to: number): number {
  if (to === 0) {
    m.failure.nullDereference(m.pc, row);
    return Exit.failed;
  }
  const head = m.tables.layout.lists[to];
  if (head === null || head === undefined) return corrupt(m);
  return head.object === 0 || m.alive(head.object, row) ? head.slot : Exit.failed;
}

/** Operands: dst, place, member. The object whose such member has that number, or FAILED if it is in no such. */
export function entryAt(m: Kernel, row: number, number: number): number {
  const { layout, program, bodyOf, typeOf } = m.tables;
  const object = layout.lists[number]?.object ?? 0;
  const wanted = program.bodies[bodyOf[m.pc] ?? -1]?.locals[m.code[row + Row.arg] as number]?.type;
  const isEntry =
    object !== 0 &&
    (typeOf[object] as number) === wanted &&
    layout.lists[number]?.field === (m.code[row + Row.arg + 3] as number);
  return isEntry ? object : Exit.failed;
}
