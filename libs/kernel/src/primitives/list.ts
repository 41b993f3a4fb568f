/**
 * struct list_head (include/linux/list.h, lib/list_debug.c): doubly linked, the head and every entry are list heads in
 * some object or static. A pointer holds the number of a list head, NULL, or a poison that list_del leaves behind, so
 * a zeroed head is not an empty one. Each call is one step. Detectors: list-corruption as CONFIG_DEBUG_LIST has it,
 * and a walk onto a poison; null-deref and use-after-free where a neighbour is NULL or dead. A walk onto NULL gives a
 * NULL entry.
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ALT, ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';
import { LIST_POISON1, LIST_POISON2 } from '../state/field-slots.js';

/** Offset of the second slot. */
const PREV = 1;

export function init_list_head(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  pointToItself(m, slot);
  return cell(m.code, row + NEXT);
}

/** Behind the head: the entry becomes the first. */
export function list_add(m: Machine, task: number, row: number): number {
  const [entry, head] = [m.place(task, row + ARG), m.place(task, row + ARG + 2)];
  if (entry === FAILED || head === FAILED) return FAILED;
  return insert(m, row, entry, head, neighbour(m, row + ARG + 2, cell(m.state, head)));
}

/** Before the head: the entry becomes the last. */
export function list_add_tail(m: Machine, task: number, row: number): number {
  const [entry, head] = [m.place(task, row + ARG), m.place(task, row + ARG + 2)];
  if (entry === FAILED || head === FAILED) return FAILED;
  return insert(m, row, entry, neighbour(m, row + ARG + 2, cell(m.state, head + PREV)), head);
}

/** Poisons the entry, so that a second list_del is seen. */
export function list_del(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED || !unlink(m, row, slot)) return FAILED;
  m.state[slot] = LIST_POISON1(heads(m));
  m.state[slot + PREV] = LIST_POISON2(heads(m));
  return cell(m.code, row + NEXT);
}

export function list_del_init(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED || !unlink(m, row, slot)) return FAILED;
  pointToItself(m, slot);
  return cell(m.code, row + NEXT);
}

/** Leaves by `next` if the head points to itself. */
export function list_empty(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  return cell(m.code, row + (cell(m.state, slot) === numberOf(m, slot) ? NEXT : ALT));
}

/** Leaves by `alt`, with NULL, where the list ends: at the head, which is no member of the entries' type. */
export const list_next_entry = (m: Machine, task: number, row: number): number =>
  walk(m, task, row, 0);

export const list_prev_entry = (m: Machine, task: number, row: number): number =>
  walk(m, task, row, PREV);

function walk(m: Machine, task: number, row: number, direction: number): number {
  const slot = m.place(task, row + ARG + 1);
  if (slot === FAILED) return FAILED;
  const to = cell(m.state, slot + direction);
  if (to > heads(m)) return corrupt(m);
  const object = to === 0 ? 0 : entryAt(m, row, to);
  m.state[cell(m.localBase, task) + cell(m.code, row + ARG)] = Math.max(object, 0);
  return cell(m.code, row + (object === FAILED ? ALT : NEXT));
}

/** The object of the wanted type and member that the list head is in, or FAILED if it is in no such. */
function entryAt(m: Machine, row: number, number: number): number {
  const { layout, program, bodyOf, typeOf } = m.tables;
  const object = layout.lists[number]?.object ?? 0;
  const wanted = program.bodies[bodyOf[m.pc] ?? -1]?.locals[cell(m.code, row + ARG)]?.type;
  const isEntry =
    object !== 0 &&
    cell(typeOf, object) === wanted &&
    layout.lists[number]?.field === cell(m.code, row + ARG + 3);
  return isEntry ? object : FAILED;
}

/** __list_add_valid, then the four stores. */
function insert(m: Machine, row: number, entry: number, prev: number, next: number): number {
  if (prev === FAILED || next === FAILED) return FAILED;
  const linked =
    cell(m.state, prev) === numberOf(m, next) && cell(m.state, next + PREV) === numberOf(m, prev);
  if (!linked || entry === prev || entry === next) return corrupt(m);
  m.state[next + PREV] = m.state[prev] = numberOf(m, entry);
  m.state[entry] = numberOf(m, next);
  m.state[entry + PREV] = numberOf(m, prev);
  return cell(m.code, row + NEXT);
}

/** __list_del_entry_valid, then the two stores. */
function unlink(m: Machine, row: number, entry: number): boolean {
  const next = neighbour(m, row + ARG, cell(m.state, entry));
  const prev = next === FAILED ? FAILED : neighbour(m, row + ARG, cell(m.state, entry + PREV));
  if (prev === FAILED) return false;
  const number = numberOf(m, entry);
  if (cell(m.state, prev) !== number || cell(m.state, next + PREV) !== number)
    return corrupt(m) !== FAILED;
  m.state[prev] = numberOf(m, next);
  m.state[next + PREV] = numberOf(m, prev);
  return true;
}

function corrupt(m: Machine): number {
  m.failure.raise('list-corruption', m.pc, m.pc);
  return FAILED;
}

function pointToItself(m: Machine, slot: number): void {
  m.state[slot] = m.state[slot + PREV] = numberOf(m, slot);
}

const heads = (m: Machine): number => m.tables.layout.lists.length - 1;

const numberOf = (m: Machine, slot: number): number => cell(m.tables.listOfSlot, slot);

/** First slot of the list head a pointer leads to, or FAILED after a detector spoke. @param row the operand it is of */
function neighbour(m: Machine, row: number, to: number): number {
  if (to === 0) {
    m.failure.nullDereference(m.pc, row);
    return FAILED;
  }
  const head = m.tables.layout.lists[to];
  if (head === null || head === undefined) return corrupt(m);
  return head.object === 0 || m.alive(head.object, row) ? head.slot : FAILED;
}
