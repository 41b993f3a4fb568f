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
import {
  BACK,
  corrupt,
  entryAt,
  isPoison,
  linkSlot,
  neighbour,
  numberOf,
  poison,
} from './support/links.js';

const PLAIN = { wait: 'never', lock: 'none', sleeps: false } as const;
const CORRUPTS = { ...PLAIN, raises: ['list-corruption'] } as const;
const FILE = '(include/linux/list.h)';

export const kinds = {
  list: fieldKind('struct list_head', {
    slots: (_, sizes) => [linkSlot('.next', sizes), linkSlot('.prev', sizes)],
    linked: true,
  }),
};

function walk(m: Kernel, task: number, row: number, direction: number): number {
  const slot = m.place(task, row + Row.arg + 1);
  if (slot === Exit.failed) return Exit.failed;
  const to = m.state[slot + direction] as number;
  if (isPoison(m, to)) return corrupt(m);
  const object = to === 0 ? 0 : entryAt(m, row, to);
  m.set(m.local(task, row + Row.arg), Math.max(object, 0));
  return m.code[row + (object === Exit.failed ? Row.alt : Row.next)] as number;
}

/** __list_add_valid, then the four stores. */
function insert(m: Kernel, row: number, entry: number, prev: number, next: number): number {
  if (prev === Exit.failed || next === Exit.failed) return Exit.failed;
  const linked =
    (m.state[prev] as number) === numberOf(m, next) &&
    (m.state[next + BACK] as number) === numberOf(m, prev);
  if (!linked || entry === prev || entry === next) return corrupt(m);
  m.set(next + BACK, numberOf(m, entry));
  m.set(prev, numberOf(m, entry));
  m.set(entry, numberOf(m, next));
  m.set(entry + BACK, numberOf(m, prev));
  return m.code[row + Row.next] as number;
}

/** __list_del_entry_valid, then the two stores. */
function unlink(m: Kernel, row: number, entry: number): boolean {
  const next = neighbour(m, row + Row.arg, m.state[entry] as number);
  const prev =
    next === Exit.failed
      ? Exit.failed
      : neighbour(m, row + Row.arg, m.state[entry + BACK] as number);
  if (prev === Exit.failed) return false;
  const number = numberOf(m, entry);
  if ((m.state[prev] as number) !== number || (m.state[next + BACK] as number) !== number)
    return corrupt(m) !== Exit.failed;
  m.set(prev, numberOf(m, next));
  m.set(next + BACK, numberOf(m, prev));
  return true;
}

function pointToItself(m: Kernel, slot: number): void {
  m.set(slot, numberOf(m, slot));
  m.set(slot + BACK, numberOf(m, slot));
}

/** Puts the entry between a head and its neighbour. @returns the exit */
type Add = (m: Kernel, row: number, entry: number, head: number) => number;

const first: Add = (m, row, entry, head) =>
  insert(m, row, entry, head, neighbour(m, row + Row.arg + 2, m.state[head] as number));
const last: Add = (m, row, entry, head) =>
  insert(m, row, entry, neighbour(m, row + Row.arg + 2, m.state[head + BACK] as number), head);

const adding =
  (add: Add): Step =>
  (m, task, row) => {
    const [entry, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
    if (entry === Exit.failed || head === Exit.failed) return Exit.failed;
    return add(m, row, entry, head);
  };

const moving =
  (add: Add): Step =>
  (m, task, row) => {
    const [entry, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
    if (entry === Exit.failed || head === Exit.failed || !unlink(m, row, entry)) return Exit.failed;
    return add(m, row, entry, head);
  };

/** __list_splice and INIT_LIST_HEAD; nothing is checked but the memory it touches. */
function splice(m: Kernel, row: number, list: number, head: number): boolean {
  const number = numberOf(m, list);
  if ((m.state[list] as number) === number) return true;
  const front = neighbour(m, row + Row.arg, m.state[list] as number);
  if (front === Exit.failed) return false;
  const back = neighbour(m, row + Row.arg, m.state[list + BACK] as number);
  if (back === Exit.failed) return false;
  const behind = neighbour(m, row + Row.arg + 2, m.state[head] as number);
  if (behind === Exit.failed) return false;
  m.set(front + BACK, numberOf(m, head));
  m.set(back, numberOf(m, behind));
  m.set(head, numberOf(m, front));
  m.set(behind + BACK, numberOf(m, back));
  pointToItself(m, list);
  return true;
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
    step: adding(first),
  }),
  list_add_tail: operation({
    ...CORRUPTS,
    kernel: `list_add_tail ${FILE}`,
    says: 'Before the head: the entry becomes the last.',
    operands: [place('entry', ['list'], 'writes'), place('head', ['list'], 'writes')],
    step: adding(last),
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
  list_move: operation({
    ...CORRUPTS,
    kernel: `list_move ${FILE}`,
    says: 'Takes the entry out and puts it behind the head of this or another list.',
    operands: [place('entry', ['list'], 'writes'), place('head', ['list'], 'writes')],
    step: moving(first),
  }),
  list_move_tail: operation({
    ...CORRUPTS,
    kernel: `list_move_tail ${FILE}`,
    says: 'Takes the entry out and puts it before the head of this or another list.',
    operands: [place('entry', ['list'], 'writes'), place('head', ['list'], 'writes')],
    step: moving(last),
  }),
  list_splice_init: operation({
    ...PLAIN,
    kernel: `list_splice_init ${FILE}`,
    says: 'Moves all entries of a list behind the head of another, and leaves the list empty.',
    operands: [place('list', ['list'], 'writes'), place('head', ['list'], 'writes')],
    raises: ['list-corruption'],
    step: (m, task, row) => {
      const [list, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
      if (list === Exit.failed || head === Exit.failed) return Exit.failed;
      return splice(m, row, list, head) ? (m.code[row + Row.next] as number) : Exit.failed;
    },
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
    step: (m, task, row) => walk(m, task, row, BACK),
  }),
};
