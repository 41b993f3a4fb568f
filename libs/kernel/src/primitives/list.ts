/**
 * struct list_head (include/linux/list.h, lib/list_debug.c): doubly linked, the head and every entry are list heads in
 * some object or static. A pointer holds the number of a list head, NULL, or a poison that list_del leaves behind, so
 * a zeroed head is not an empty one. Each call is one step. Detectors: list-corruption as CONFIG_DEBUG_LIST has it,
 * and a walk onto a poison; null-deref and use-after-free where a neighbour is NULL or dead. A walk onto NULL gives a
 * NULL entry.
 */
import type { Machine } from '../machine/machine.js';
import { LIST_POISON1, LIST_POISON2 } from '../state/field-slots.js';
import { Exit, Row } from '../machine/row.js';

/** Offset of the second slot. */
const PREV = 1;

export function init_list_head(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  pointToItself(m, slot);
  return m.code[row + Row.next] as number;
}

/** Behind the head: the entry becomes the first. */
export function list_add(m: Machine, task: number, row: number): number {
  const [entry, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
  if (entry === Exit.failed || head === Exit.failed) return Exit.failed;
  return insert(m, row, entry, head, neighbour(m, row + Row.arg + 2, m.state[head] as number));
}

/** Before the head: the entry becomes the last. */
export function list_add_tail(m: Machine, task: number, row: number): number {
  const [entry, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
  if (entry === Exit.failed || head === Exit.failed) return Exit.failed;
  return insert(
    m,
    row,
    entry,
    neighbour(m, row + Row.arg + 2, m.state[head + PREV] as number),
    head,
  );
}

/** Poisons the entry, so that a second list_del is seen. */
export function list_del(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed || !unlink(m, row, slot)) return Exit.failed;
  m.set(slot, LIST_POISON1(heads(m)));
  m.set(slot + PREV, LIST_POISON2(heads(m)));
  return m.code[row + Row.next] as number;
}

export function list_del_init(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed || !unlink(m, row, slot)) return Exit.failed;
  pointToItself(m, slot);
  return m.code[row + Row.next] as number;
}

/** Leaves by `next` if the head points to itself. */
export function list_empty(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  return m.code[
    row + ((m.state[slot] as number) === numberOf(m, slot) ? Row.next : Row.alt)
  ] as number;
}

/** Leaves by `alt`, with NULL, where the list ends: at the head, which is no member of the entries' type. */
export const list_next_entry = (m: Machine, task: number, row: number): number =>
  walk(m, task, row, 0);

export const list_prev_entry = (m: Machine, task: number, row: number): number =>
  walk(m, task, row, PREV);

function walk(m: Machine, task: number, row: number, direction: number): number {
  const slot = m.place(task, row + Row.arg + 1);
  if (slot === Exit.failed) return Exit.failed;
  const to = m.state[slot + direction] as number;
  if (to > heads(m)) return corrupt(m);
  const object = to === 0 ? 0 : entryAt(m, row, to);
  m.set((m.localBase[task] as number) + (m.code[row + Row.arg] as number), Math.max(object, 0));
  return m.code[row + (object === Exit.failed ? Row.alt : Row.next)] as number;
}

/** The object of the wanted type and member that the list head is in, or FAILED if it is in no such. */
function entryAt(m: Machine, row: number, number: number): number {
  const { layout, program, bodyOf, typeOf } = m.tables;
  const object = layout.lists[number]?.object ?? 0;
  const wanted = program.bodies[bodyOf[m.pc] ?? -1]?.locals[m.code[row + Row.arg] as number]?.type;
  const isEntry =
    object !== 0 &&
    (typeOf[object] as number) === wanted &&
    layout.lists[number]?.field === (m.code[row + Row.arg + 3] as number);
  return isEntry ? object : Exit.failed;
}

/** __list_add_valid, then the four stores. */
function insert(m: Machine, row: number, entry: number, prev: number, next: number): number {
  if (prev === Exit.failed || next === Exit.failed) return Exit.failed;
  const linked =
    (m.state[prev] as number) === numberOf(m, next) &&
    (m.state[next + PREV] as number) === numberOf(m, prev);
  if (!linked || entry === prev || entry === next) return corrupt(m);
  m.set(next + PREV, numberOf(m, entry));
  m.set(prev, numberOf(m, entry));
  m.set(entry, numberOf(m, next));
  m.set(entry + PREV, numberOf(m, prev));
  return m.code[row + Row.next] as number;
}

/** __list_del_entry_valid, then the two stores. */
function unlink(m: Machine, row: number, entry: number): boolean {
  const next = neighbour(m, row + Row.arg, m.state[entry] as number);
  const prev =
    next === Exit.failed
      ? Exit.failed
      : neighbour(m, row + Row.arg, m.state[entry + PREV] as number);
  if (prev === Exit.failed) return false;
  const number = numberOf(m, entry);
  if ((m.state[prev] as number) !== number || (m.state[next + PREV] as number) !== number)
    return corrupt(m) !== Exit.failed;
  m.set(prev, numberOf(m, next));
  m.set(next + PREV, numberOf(m, prev));
  return true;
}

function corrupt(m: Machine): number {
  m.failure.raise('list-corruption', m.pc, m.pc);
  return Exit.failed;
}

function pointToItself(m: Machine, slot: number): void {
  m.set(slot, numberOf(m, slot));
  m.set(slot + PREV, numberOf(m, slot));
}

const heads = (m: Machine): number => m.tables.layout.lists.length - 1;

const numberOf = (m: Machine, slot: number): number => m.tables.listOfSlot[slot] as number;

/** First slot of the list head a pointer leads to, or FAILED after a detector spoke. @param row the operand it is of */
function neighbour(m: Machine, row: number, to: number): number {
  if (to === 0) {
    m.failure.nullDereference(m.pc, row);
    return Exit.failed;
  }
  const head = m.tables.layout.lists[to];
  if (head === null || head === undefined) return corrupt(m);
  return head.object === 0 || m.alive(head.object, row) ? head.slot : Exit.failed;
}
