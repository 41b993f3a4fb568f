/**
 * A thread that is one task of the case: nobody's until it is created, then its own from its first step to its last, so that who
 * waits for it waits for that task. Slots: who runs it, and its state.
 */
import { ownerSlot, type FieldSlot, type Sizes } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import type { Step } from '../../operation/operation.js';
import { BoundExceeded } from '../../operation/outcome.js';
import { Exit, Row } from '../../operation/row.js';
import { ownerMask } from './owned.js';

export const enum Thread {
  none,
  created,
  running,
  exited,
}

const STATE = 1;

/** The first slot behind those of a thread. */
export const BEHIND_THREAD = STATE + 1;

export const threadSlots = (sizes: Sizes): readonly FieldSlot[] => [
  ownerSlot('', sizes),
  { suffix: '.state', max: Thread.exited },
];

const slotIfAlive = (m: Kernel, task: number, row: number): number =>
  m.dangling(task, row + Row.arg) ? Exit.failed : m.place(task, row + Row.arg);

/** Whether it is in the state, or gone. */
export const isIn =
  (state: Thread) =>
  (m: Kernel, task: number, row: number): boolean => {
    const slot = slotIfAlive(m, task, row);
    return slot === Exit.failed || (m.state[slot + STATE] as number) === (state as number);
  };

/** The task that is the thread, while it runs. */
export function runner(m: Kernel, task: number, row: number): number {
  const slot = slotIfAlive(m, task, row);
  return slot === Exit.failed ? 0 : ownerMask(m.state[slot] as number);
}

/** Turns the thread from one state into another, which it is in. */
export const turn =
  (to: Thread, owner: (task: number) => number): Step =>
  (m, task, row) => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed) return Exit.failed;
    m.set(slot, owner(task));
    m.set(slot + STATE, to);
    return m.code[row + Row.next] as number;
  };

export const nobody = (): number => 0;
export const myself = (task: number): number => task + 1;

const created = turn(Thread.created, nobody);

/** Each is one task, so a second one of the name is bound exceeded. */
export const create: Step = (m, task, row, fault) => {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  if ((m.state[slot + STATE] as number) !== (Thread.none as number))
    throw new BoundExceeded(`threads of ${m.tables.layout.slots[slot]?.name ?? ''}`, 1);
  return created(m, task, row, fault);
};
