/**
 * Steps of calls on a tasklet. In its field: how often it is disabled, and whether a kill has the bit that says "scheduled".
 * That it is scheduled is its handler's (actors/handler.ts), as in the kernel the list of a CPU has it.
 */
import type { FieldSlot } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import type { Step, Wait } from '../../operation/operation.js';
import { Exit, Row } from '../../operation/row.js';
import { item, itemAt } from './items.js';
import { handlerOf, isRaised } from './lines.js';

/** Most that a tasklet can be disabled at once; enabled once too often it is disabled as well. */
const DISABLED_MAX = 3;
const KILLED = 1;

export const taskletSlots = (): readonly FieldSlot[] => [
  { suffix: '.count', min: -1, max: DISABLED_MAX },
  { suffix: '.killed', max: 1 },
];

const slotOf = (m: Kernel, number: number): number => m.tables.slotOfItem[number] as number;

export const isEnabled = (m: Kernel, number: number): boolean =>
  (m.state[slotOf(m, number)] as number) === 0;

const isKilled = (m: Kernel, number: number): boolean =>
  (m.state[slotOf(m, number) + KILLED] as number) !== 0;

/** A step on the tasklet that nothing keeps from its success. */
const does =
  (change: (m: Kernel, number: number) => void): Step =>
  (m, task, row) => {
    const number = item(m, task, row + Row.arg);
    if (number === Exit.failed) return Exit.failed;
    change(m, number);
    return m.code[row + Row.next] as number;
  };

const countBy =
  (change: 1 | -1) =>
  (m: Kernel, number: number): void => {
    m.count(slotOf(m, number), (m.state[slotOf(m, number)] as number) + change);
  };

export const schedule = does((m, number) => {
  if (!isKilled(m, number)) m.set(handlerOf(m, number).raised, number);
});
export const disable = does(countBy(1));
export const enable = does(countBy(-1));
export const arrive = does(() => undefined);
export const takeBit = does((m, number) => {
  m.set(slotOf(m, number) + KILLED, 1);
});
export const killed = does((m, number) => {
  m.set(slotOf(m, number) + KILLED, 0);
});

/** Until it is not scheduled, and no other kill has the bit. */
export const unscheduled: Wait = {
  until: (m, task, row) => {
    if (m.dangling(task, row + Row.arg)) return true;
    const number = itemAt(m, task, row + Row.arg);
    return !isRaised(m, number) && !isKilled(m, number);
  },
  holders: 'unknown',
  endsBy: 'anyone',
};
