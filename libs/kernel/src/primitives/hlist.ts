/**
 * struct hlist_head and hlist_node (include/linux/list.h): a head with one pointer and nodes that know what points to them, as in
 * hash tables. Unlike those of list_head, a zeroed head is an empty list, a zeroed node is in none, and lists end in NULL.
 * Each call is one step. Detectors: hlist_del of a node that was deleted runs into a poison, list-corruption; of one
 * that was never added, null-deref; use-after-free where a neighbour is dead.
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
  hlist_head: fieldKind('struct hlist_head', {
    slots: (_, sizes) => [linkSlot('.first', sizes)],
    linked: true,
  }),
  hlist_node: fieldKind('struct hlist_node', {
    slots: (_, sizes) => [linkSlot('.next', sizes), linkSlot('.pprev', sizes)],
    linked: true,
  }),
};

/** __hlist_del: what points to the node points past it. @returns false after a detector spoke */
function unlink(m: Kernel, row: number, node: number): boolean {
  const next = m.state[node] as number;
  const before = neighbour(m, row + Row.arg, m.state[node + BACK] as number);
  if (before === Exit.failed) return false;
  m.set(before, next);
  if (next === 0) return true;
  const behind = neighbour(m, row + Row.arg, next);
  if (behind === Exit.failed) return false;
  m.set(behind + BACK, numberOf(m, before));
  return true;
}

function clear(m: Kernel, node: number): void {
  m.set(node, 0);
  m.set(node + BACK, 0);
}

/** Leaves by `next` if the slot at that offset holds NULL. */
const isNull =
  (offset: number): Step =>
  (m, task, row) => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed) return Exit.failed;
    return m.code[row + ((m.state[slot + offset] as number) === 0 ? Row.next : Row.alt)] as number;
  };

export const operations = {
  hlist_add_head: operation({
    ...CORRUPTS,
    kernel: `hlist_add_head ${FILE}`,
    says: 'The node becomes the first.',
    operands: [place('node', ['hlist_node'], 'writes'), place('head', ['hlist_head'], 'writes')],
    step: (m, task, row) => {
      const [node, head] = [m.place(task, row + Row.arg), m.place(task, row + Row.arg + 2)];
      if (node === Exit.failed || head === Exit.failed) return Exit.failed;
      const first = m.state[head] as number;
      const behind = first === 0 ? 0 : neighbour(m, row + Row.arg + 2, first);
      if (behind === Exit.failed) return Exit.failed;
      m.set(node, first);
      if (first !== 0) m.set(behind + BACK, numberOf(m, node));
      m.set(head, numberOf(m, node));
      m.set(node + BACK, numberOf(m, head));
      return m.code[row + Row.next] as number;
    },
  }),
  hlist_del: operation({
    ...CORRUPTS,
    kernel: `hlist_del ${FILE}`,
    says: 'Takes the node out and poisons it, so that a second hlist_del is seen.',
    operands: [place('node', ['hlist_node'], 'writes')],
    step: (m, task, row) => {
      const node = m.place(task, row + Row.arg);
      if (node === Exit.failed || !unlink(m, row, node)) return Exit.failed;
      poison(m, node);
      return m.code[row + Row.next] as number;
    },
  }),
  hlist_del_init: operation({
    ...CORRUPTS,
    kernel: `hlist_del_init ${FILE}`,
    says: 'Takes the node out if it is in a list, and leaves it as one in none.',
    operands: [place('node', ['hlist_node'], 'writes')],
    step: (m, task, row) => {
      const node = m.place(task, row + Row.arg);
      if (node === Exit.failed) return Exit.failed;
      if ((m.state[node + BACK] as number) === 0) return m.code[row + Row.next] as number;
      if (!unlink(m, row, node)) return Exit.failed;
      clear(m, node);
      return m.code[row + Row.next] as number;
    },
  }),
  hlist_unhashed: operation({
    ...PLAIN,
    kernel: `hlist_unhashed ${FILE}`,
    says: 'Holds if the node is in no list.',
    operands: [place('node', ['hlist_node'], 'reads')],
    branches: true,
    raises: [],
    step: isNull(BACK),
  }),
  hlist_empty: operation({
    ...PLAIN,
    kernel: `hlist_empty ${FILE}`,
    says: 'Holds if the list is empty.',
    operands: [place('head', ['hlist_head'], 'reads')],
    branches: true,
    raises: [],
    step: isNull(0),
  }),
  hlist_entry_safe: operation({
    ...CORRUPTS,
    kernel: `hlist_entry_safe ${FILE}`,
    says: 'Goes to the first entry of a head, or to the one behind a node; NULL, and does not hold, where the list ends.',
    operands: [dst('entry', 'own'), place('from', ['hlist_head', 'hlist_node'], 'reads'), member()],
    branches: true,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg + 1);
      if (slot === Exit.failed) return Exit.failed;
      const to = m.state[slot] as number;
      if (isPoison(m, to)) return corrupt(m);
      const entry = to === 0 ? 0 : entryAt(m, row, to);
      if (entry === Exit.failed) return corrupt(m);
      m.set(m.local(task, row + Row.arg), entry);
      return m.code[row + (entry === 0 ? Row.alt : Row.next)] as number;
    },
  }),
};
