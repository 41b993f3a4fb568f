/**
 * Steps of calls on one item, alike for work and delayed work: taking it back, disabling it, and waiting for its runs.
 * What takes it back has the result first, whether it was pending, then the item.
 */
import type { FieldSlot, Sizes } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import { acquires, type LockUse } from '../../operation/lock-use.js';
import { dst, place, value, type Gives } from '../../operation/operand.js';
import type { Step, Wait } from '../../operation/operation.js';
import { Exit, Row } from '../../operation/row.js';
import { countOf, item, itemAt, runners } from './items.js';
import { runsAhead, takeBack } from './queueing.js';

/** Most that an item can be disabled at once. */
const DISABLED_MAX = 3;

/** How often it is disabled, where the program disables items at all. */
export const itemSlots = ({ disables }: Sizes): readonly FieldSlot[] =>
  disables ? [{ suffix: '.disabled', max: DISABLED_MAX }] : [];

export const wasPending = dst('was', { from: 0, to: 1 });

/** One run for each queue that may run the item, and the pending one. */
const mostRuns: Gives = {
  most: ({ program }) => 1 + program.types.filter(({ kind }) => kind === 'workqueue').length,
};
export const runsBefore = dst('ahead', mostRuns);

/** An arrival, as lockdep sees it: the item's class is taken and let go. */
const ARRIVES: LockUse = { ...acquires('nothing', []), operand: 1 };
const PASSES: LockUse = { ...acquires('nothing', ['exclusive']), ordered: false };

const running = (m: Kernel, task: number, row: number): number =>
  runners(m, itemAt(m, task, row + Row.arg));

/** Until nothing runs the item. */
export const idle: Wait = {
  until: (m, task, row) => m.dangling(task, row + Row.arg) || running(m, task, row) === 0,
  holders: running,
  endsBy: 'holders',
};

const ahead = (m: Kernel, task: number, row: number): number => m.value(task, row + Row.arg + 2);

/** Until the runs counted at the arrival have ended. Of more runs than that nobody knows which were counted. */
export const flushed: Wait = {
  until: (m, task, row) => ahead(m, task, row) === 0,
  holders: (m, task, row) => {
    const mask = running(m, task, row);
    return countOf(mask) <= ahead(m, task, row) ? mask : 0;
  },
  endsBy: 'holders',
};

/** @returns the item, or FAILED */
function takenBack(m: Kernel, task: number, row: number): number {
  const number = item(m, task, row + Row.arg + 1);
  if (number !== Exit.failed) m.set(m.local(task, row + Row.arg), takeBack(m, number) ? 1 : 0);
  return number;
}

const cancel: Step = (m, task, row) =>
  takenBack(m, task, row) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);

/** From here on nothing queues the item. */
const disable: Step = (m, task, row) => {
  const number = takenBack(m, task, row);
  if (number === Exit.failed) return Exit.failed;
  const slot = m.tables.slotOfItem[number] as number;
  m.count(slot, (m.state[slot] as number) + 1);
  return m.code[row + Row.next] as number;
};

/** @returns whether nothing disables the item any more, and FAILED where it is not there */
function enabled(m: Kernel, task: number, row: number): boolean | Exit.failed {
  const number = item(m, task, row);
  if (number === Exit.failed) return Exit.failed;
  const slot = m.tables.slotOfItem[number] as number;
  const depth = m.state[slot] as number;
  if (depth === 0) m.edges.warn(m.pc, 'work is not disabled');
  else m.set(slot, depth - 1);
  return depth === 1;
}

/** Leaves by `alt` where it is still disabled, or was not. */
const enable: Step = (m, task, row) => {
  const is = enabled(m, task, row + Row.arg);
  if (is === Exit.failed) return Exit.failed;
  return m.code[row + (is ? Row.next : Row.alt)] as number;
};

/** The wait of a cancellation is over. */
const enableAgain: Step = (m, task, row) =>
  enabled(m, task, row + Row.arg) === Exit.failed
    ? Exit.failed
    : (m.code[row + Row.next] as number);

/** The wait of what leaves it disabled is over. */
const pass: Step = (m, task, row) =>
  item(m, task, row + Row.arg) === Exit.failed ? Exit.failed : (m.code[row + Row.next] as number);

/** A flush of the item arrives: its runs that are ahead go into the result. */
export const countRuns: Step = (m, task, row) => {
  const number = item(m, task, row + Row.arg + 1);
  if (number === Exit.failed) return Exit.failed;
  m.count(m.local(task, row + Row.arg), runsAhead(m, number));
  return m.code[row + Row.next] as number;
};

const PLAIN = { wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;
/** A call that waits arrives where it may not be in atomic context. */
const ARRIVAL = { wait: 'never', lock: ARRIVES, sleeps: true, raises: [] } as const;
const PASS = { lock: PASSES, sleeps: false, raises: [] } as const;

const changed = <const K extends string>(kind: K) => place('item', [kind], 'writes');
const looked = <const K extends string>(kind: K) => place('item', [kind], 'reads');
const takesBack = <const K extends string>(kind: K) => [wasPending, changed(kind)] as const;
const flushPasses: Step = (m, _task, row) => m.code[row + Row.next] as number;

/**
 * What the calls on one item are, whatever kind of field it is. Names, sentences and the waits of what passes stand with
 * the calls themselves.
 */
export const callsOn = <const K extends string>(kind: K) =>
  ({
    cancels: { ...PLAIN, operands: takesBack(kind), step: cancel },
    disables: { ...PLAIN, operands: takesBack(kind), disables: true, step: disable },
    arrives: { ...ARRIVAL, operands: takesBack(kind), disables: true, step: disable },
    cancelled: { ...PASS, operands: [changed(kind)], step: enableAgain },
    disabled: { ...PASS, operands: [looked(kind)], step: pass },
    enables: { ...PLAIN, operands: [changed(kind)], branches: true, disables: true, step: enable },
    flushArrives: ARRIVAL,
    flushPasses: {
      ...PASS,
      operands: [looked(kind), value('ahead', 'nothing')],
      countsItems: 'item',
      step: flushPasses,
    },
  }) as const;
