/**
 * Memory: typed objects in pools, allocated lowest slot first and zeroed (mm/slub.c kzalloc, kfree), and loads and
 * stores through pointers that may be stale. Detectors, as KASAN's: use-after-free, double-free, null-deref, and
 * held-lock-freed (lib/debug_locks); freeing an object whose work is pending, or whose timer is armed, is a
 * warning, as ODEBUG's. A dead object
 * keeps only who freed it, until the last pointer to it is gone.
 * Where the program reuses memory at once (`reuse: zeroed`) a dead struct can still be accessed and holds zeros.
 */
import { at } from '../assert.js';
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { dst, object, place, type, value } from '../operation/operand.js';
import { operation, type Step } from '../operation/operation.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Item, Row } from '../operation/row.js';

const NO_WAIT = { wait: 'never', lock: 'none', sleeps: false } as const;
const PLAIN = { ...NO_WAIT, raises: [] } as const;

export const kinds = {
  int: fieldKind('int', { range: 'signed' }),
  ptr: fieldKind('a pointer', {
    slots: (_, { objects }) => [{ suffix: '', max: objects, pointer: true }],
    names: 'type',
  }),
};

const read: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg + 1);
  if (slot === Exit.failed) return Exit.failed;
  m.set(m.local(task, row + Row.arg), m.state[slot] as number);
  return m.code[row + Row.next] as number;
};

const write: Step = (m, task, row) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.count(slot, m.value(task, row + Row.arg + 2));
  return m.code[row + Row.next] as number;
};

/** Writes the bit. @returns the exit: `next` if it was set before */
function exchange(m: Kernel, task: number, row: number, bit: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const before = m.state[slot] as number;
  m.set(slot, bit);
  return m.code[row + (before !== 0 ? Row.next : Row.alt)] as number;
}

function allocate(m: Kernel, local: number, wanted: number): void {
  const { tables } = m;
  for (let number = 1; number < tables.life.length; number++) {
    if ((tables.typeOf[number] as number) !== wanted) continue;
    const life = tables.life[number] as number;
    if ((m.state[life] as number) !== 0) continue;
    const allocators = at(tables.allocFns, wanted);
    m.set(life, allocators.indexOf(tables.fn[m.pc] as number) + 1);
    const fields = tables.fields[number] as number;
    at(tables.fieldInit, wanted).forEach((initial, offset) => {
      m.set(fields + offset, initial);
    });
    m.set(local, number);
    return;
  }
  const decl = at(tables.program.types, wanted);
  throw new BoundExceeded(`the pool of ${decl.name}`, decl.count);
}

/** debug_object_free(): work of the object is still pending somewhere, or a timer of it armed. */
function warnOfActive(m: Kernel, number: number): void {
  const { fifoSlots, armedSlots } = m.tables;
  warnOfItems(m, number, fifoSlots);
  warnOfItems(m, number, armedSlots);
}

function warnOfItems(m: Kernel, number: number, slots: Int32Array): void {
  const { itemObject } = m.tables;
  for (let i = 0; i < slots.length; i++) {
    const item = m.state[slots[i] as number] as number;
    if (item !== 0 && (itemObject[item] as number) === number) warnOfItem(m, number, item);
  }
}

function warnOfItem(m: Kernel, number: number, item: number): void {
  const { program, typeOf, itemOfField } = m.tables;
  const { name, fields } = at(program.types, at(typeOf, number));
  const field = fields.find((_, f) => itemOfField[(number << Item.fieldBits) | f] === item);
  m.edges.warn(m.pc, `${name}.${field?.name ?? '?'} is active`);
}

/** Ends an object's life, remembering the freeing function. @returns false if a detector fired */
export function release(m: Kernel, number: number): boolean {
  const { tables, state } = m;
  const life = tables.life[number] as number;
  const kind = tables.typeOf[number] as number;
  if ((state[life] as number) > (tables.liveMax[number] as number)) {
    m.failure.object('double-free', m.pc, number, state[life] as number);
    return false;
  }
  const freed =
    (tables.liveMax[number] as number) +
    at(tables.freeFns, kind).indexOf(tables.fn[m.pc] as number) +
    1;
  const first = tables.fields[number] as number;
  const last = first + (tables.fieldCount[number] as number);
  for (let slot = first; slot < last; slot++) {
    if ((tables.classOfSlot[slot] as number) >= 0 && (state[slot] as number) !== 0) {
      m.failure.object('held-lock-freed', m.pc, number, freed);
      return false;
    }
  }
  if (tables.hasItems) warnOfActive(m, number);
  for (let slot = first; slot < last; slot++) m.set(slot, 0);
  m.set(life, freed);
  m.bury(number);
  return true;
}

export const operations = {
  load: operation({
    ...PLAIN,
    kernel: 'a plain load',
    says: 'Reads a field or static variable into a local.',
    operands: [dst('to', { like: 1 }), place('from', ['int', 'ptr', 'refcount'], 'reads')],
    plain: true,
    text: ([to = '', from = '']) => `${to} = ${from}`,
    step: read,
  }),
  read_once: operation({
    ...PLAIN,
    kernel: 'READ_ONCE (include/asm-generic/rwonce.h)',
    says: 'The same, marked: no data race by itself.',
    operands: [dst('to', { like: 1 }), place('from', ['int', 'ptr', 'refcount'], 'reads')],
    text: ([to = '', from = '']) => `${to} = READ_ONCE(${from})`,
    step: read,
  }),
  store: operation({
    ...PLAIN,
    kernel: 'a plain store',
    says: 'Writes a field or static variable.',
    operands: [place('to', ['int', 'ptr'], 'writes'), value('value', { into: 0 })],
    plain: true,
    text: ([to = '', from = '']) => `${to} = ${from}`,
    step: write,
  }),
  write_once: operation({
    ...PLAIN,
    kernel: 'WRITE_ONCE (include/asm-generic/rwonce.h)',
    says: 'The same, marked: no data race by itself.',
    operands: [place('to', ['int', 'ptr'], 'writes'), value('value', { into: 0 })],
    text: ([to = '', from = '']) => `WRITE_ONCE(${to}, ${from})`,
    step: write,
  }),
  test_bit: operation({
    ...PLAIN,
    kernel: 'test_bit',
    says: 'Holds if the flag is set.',
    operands: [place('bit', ['int'], 'reads')],
    branches: true,
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      return m.code[row + ((m.state[slot] as number) !== 0 ? Row.next : Row.alt)] as number;
    },
  }),
  test_and_set_bit: operation({
    ...PLAIN,
    kernel: 'test_and_set_bit',
    says: 'Sets the flag; holds if it was set before.',
    operands: [place('bit', ['int'], 'writes')],
    branches: true,
    step: (m, task, row) => exchange(m, task, row, 1),
  }),
  test_and_clear_bit: operation({
    ...PLAIN,
    kernel: 'test_and_clear_bit',
    says: 'Clears the flag; holds if it was set before.',
    operands: [place('bit', ['int'], 'writes')],
    branches: true,
    step: (m, task, row) => exchange(m, task, row, 0),
  }),
  kzalloc: operation({
    ...PLAIN,
    kernel: 'kzalloc (mm/slub.c)',
    says: 'Allocates a zeroed object; NULL where a fault is injected. Counts as GFP_ATOMIC.',
    operands: [dst('object', { like: 1 }), type()],
    mayFail: true,
    step: (m, task, row, fault) => {
      const local = m.local(task, row + Row.arg);
      if (fault) m.set(local, 0);
      else allocate(m, local, m.code[row + Row.arg + 1] as number);
      return m.code[row + Row.next] as number;
    },
  }),
  kfree: operation({
    ...NO_WAIT,
    kernel: 'kfree (mm/slub.c)',
    says: 'Frees an object; freeing NULL does nothing.',
    raises: ['double-free', 'held-lock-freed'],
    operands: [object('object', 'frees')],
    step: (m, task, row) => {
      const number = m.pointer(task, row + Row.arg);
      return number === 0 || release(m, number) ? (m.code[row + Row.next] as number) : Exit.failed;
    },
  }),
};
