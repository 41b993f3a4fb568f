/**
 * struct list_head (include/linux/list.h, lib/list_debug.c): doubly linked, the head and every entry are list heads in
 * some object or static. A pointer holds the number of a list head, NULL, or a poison that list_del leaves behind, so
 * a zeroed head is not an empty one. Each call is one step. Detectors: list-corruption as CONFIG_DEBUG_LIST has it,
 * and a walk onto a poison; null-deref and use-after-free where a neighbour is NULL or dead. A walk onto NULL gives a
 * NULL entry.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { dst, member, place } from '../operation/operand.js';
import { operation, type Step } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';

/** What a list pointer holds besides NULL and the numbers of list heads: list_del leaves these behind. */
const LIST_POISON1 = (lists: number): number => lists + 1;
const LIST_POISON2 = (lists: number): number => lists + 2;

const PLAIN = { wait: 'never', lock: 'none', sleeps: false } as const;
const CORRUPTS = { ...PLAIN, raises: ['list-corruption'] } as const;
const FILE = '(include/linux/list.h)';

export const kinds = {
  list: fieldKind('struct list_head', {
    slots: (_, { lists }) => [
      { suffix: '.next', max: LIST_POISON2(lists) },
      { suffix: '.prev', max: LIST_POISON2(lists) },
    ],
    linked: true,
  }),
};

/** Offset of the second slot. */
const PREV = 1;

function walk(m: Kernel, task: number, row: number, direction: number): number {
  const slot = m.place(task, row + Row.arg + 1);
  if (slot === Exit.failed) return Exit.failed;
  const to = m.state[slot + direction] as number;
  if (to > heads(m)) return corrupt(m);
  const object = to === 0 ? 0 : entryAt(m, row, to);
  m.set(m.local(task, row + Row.arg), Math.max(object, 0));
  return m.code[row + (object === Exit.failed ? Row.alt : Row.next)] as number;
}

/** The object of the wanted type and member that the list head is in, or FAILED if it is in no such. */
function entryAt(m: Kernel, row: number, number: number): number {
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
function insert(m: Kernel, row: number, entry: number, prev: number, next: number): number {
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
function unlink(m: Kernel, row: number, entry: number): boolean {
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

function corrupt(m: Kernel): number {
  m.failure.raise('list-corruption', m.pc, m.pc);
  return Exit.failed;
}

function pointToItself(m: Kernel, slot: number): void {
  m.set(slot, numberOf(m, slot));
  m.set(slot + PREV, numberOf(m, slot));
}

const heads = (m: Kernel): number => m.tables.layout.lists.length - 1;

const numberOf = (m: Kernel, slot: number): number => m.tables.listOfSlot[slot] as number;

/** First slot of the list head a pointer leads to, or FAILED after a detector spoke. @param row the operand it is of */
function neighbour(m: Kernel, row: number, to: number): number {
  if (to === 0) {
    m.failure.nullDereference(m.pc, row);
    return Exit.failed;
  }
  const head = m.tables.layout.lists[to];
  if (head === null || head === undefined) return corrupt(m);
  return head.object === 0 || m.alive(head.object, row) ? head.slot : Exit.failed;
}

/** Takes the entry out, and leaves its pointers as `after` puts them. */
const removal =
  (after: (m: Kernel, slot: number) => void): Step =>
  (m, task, row) => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed || !unlink(m, row, slot)) return Exit.failed;
    after(m, slot);
    return m.code[row + Row.next] as number;
  };

function poison(m: Kernel, slot: number): void {
  m.set(slot, LIST_POISON1(heads(m)));
  m.set(slot + PREV, LIST_POISON2(heads(m)));
}

export const operations = {
  init_list_head: operation({
    ...PLAIN,
    kernel: `INIT_LIST_HEAD ${FILE}`,
    says: 'An empty list, or an entry in none.',
    operands: [place('head', ['list'], 'writes')],
    raises: [],
    text: ([head = '']) => `INIT_LIST_HEAD(${head})`,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      pointToItself(m, slot);
      return m.code[row + Row.next] as number;
    },
  }),
  list_add: operation({
    ...CORRUPTS,
    kernel: `list_add ${FILE}`,
    says: 'Behind the head: the entry becomes the first.',
    operands: [place('entry', ['list'], 'writes'), place('head', ['list'], 'writes')],
    step: (m, task, row) => {
      const [entry, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
      if (entry === Exit.failed || head === Exit.failed) return Exit.failed;
      return insert(m, row, entry, head, neighbour(m, row + Row.arg + 2, m.state[head] as number));
    },
  }),
  list_add_tail: operation({
    ...CORRUPTS,
    kernel: `list_add_tail ${FILE}`,
    says: 'Before the head: the entry becomes the last.',
    operands: [place('entry', ['list'], 'writes'), place('head', ['list'], 'writes')],
    step: (m, task, row) => {
      const [entry, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
      if (entry === Exit.failed || head === Exit.failed) return Exit.failed;
      const last = neighbour(m, row + Row.arg + 2, m.state[head + PREV] as number);
      return insert(m, row, entry, last, head);
    },
  }),
  list_del: operation({
    ...CORRUPTS,
    kernel: `list_del ${FILE}`,
    says: 'Takes the entry out and poisons it, so that a second list_del is seen.',
    operands: [place('entry', ['list'], 'writes')],
    step: removal(poison),
  }),
  list_del_init: operation({
    ...CORRUPTS,
    kernel: `list_del_init ${FILE}`,
    says: 'Takes the entry out and leaves it as one in no list.',
    operands: [place('entry', ['list'], 'writes')],
    step: removal(pointToItself),
  }),
  list_empty: operation({
    ...PLAIN,
    kernel: `list_empty ${FILE}`,
    says: 'Holds if the head points to itself.',
    operands: [place('head', ['list'], 'reads')],
    branches: true,
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      const empty = (m.state[slot] as number) === numberOf(m, slot);
      return m.code[row + (empty ? Row.next : Row.alt)] as number;
    },
  }),
  list_next_entry: operation({
    ...CORRUPTS,
    kernel: `list_next_entry ${FILE}`,
    says: 'Goes to the entry behind, NULL where the list ends: at a head, which is no such member. Holds unless it ended.',
    operands: [dst('entry', 'own'), place('from', ['list'], 'reads'), member()],
    branches: true,
    step: (m, task, row) => walk(m, task, row, 0),
  }),
  list_prev_entry: operation({
    ...CORRUPTS,
    kernel: `list_prev_entry ${FILE}`,
    says: 'Goes to the entry before, NULL where the list ends. Holds unless it ended.',
    operands: [dst('entry', 'own'), place('from', ['list'], 'reads'), member()],
    branches: true,
    step: (m, task, row) => walk(m, task, row, PREV),
  }),
};
