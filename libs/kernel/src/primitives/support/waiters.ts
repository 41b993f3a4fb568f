/**
 * Who is queued on a wait queue, as a mask, and behind it who of them waits exclusively, as task numbers plus one, first come
 * first: the kernel wakes these one at a time, in that order. The order is kept only where the program queues anybody so.
 */
import { maskSlot, type FieldSlot, type Sizes } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';

const FIRST = 1;

export const waiterSlots = (sizes: Sizes): readonly FieldSlot[] => [
  maskSlot('', sizes),
  ...(sizes.exclusive
    ? Array.from({ length: sizes.tasks }, (_, i): FieldSlot => {
        return { suffix: `.exclusive.${i}`, max: sizes.tasks, tasks: 'owner' };
      })
    : []),
];

/** Numbers plus one of who waits exclusively. */
function exclusive({ tables, state, taskCount }: Kernel, slot: number): readonly number[] {
  const order: number[] = [];
  if (!tables.hasExclusive) return order;
  for (let i = 0; i < taskCount; i++) {
    const number = state[slot + FIRST + i] as number;
    if (number === 0) break;
    order.push(number);
  }
  return order;
}

function setOrder(m: Kernel, slot: number, order: readonly number[]): void {
  exclusive(m, slot).forEach((number, i) => {
    if (order[i] !== number) m.set(slot + FIRST + i, order[i] ?? 0);
  });
}

/** The task is queued, for every wake-up; if it was for its own turn, no longer. */
export function enqueue(m: Kernel, slot: number, task: number): void {
  const order = exclusive(m, slot);
  if (order.includes(task + 1)) setOrder(m, slot, withoutTask(order, task));
  m.set(slot, (m.state[slot] as number) | (1 << task));
}

/** The task is queued behind those that wait for their turn, unless it is one of them. */
export function enqueueExclusive(m: Kernel, slot: number, task: number): void {
  const order = exclusive(m, slot);
  m.set(slot, (m.state[slot] as number) | (1 << task));
  if (!order.includes(task + 1)) m.set(slot + FIRST + order.length, task + 1);
}

export function dequeue(m: Kernel, slot: number, task: number): void {
  setOrder(m, slot, withoutTask(exclusive(m, slot), task));
  m.set(slot, (m.state[slot] as number) & ~(1 << task));
}

const withoutTask = (order: readonly number[], task: number): readonly number[] =>
  order.filter((number) => number !== task + 1);

/** Wakes all that wait for every wake-up, and so many of the others; 0 wakes these all too. */
export function wake(m: Kernel, slot: number, turns: number): void {
  const left = turns === 0 ? [] : exclusive(m, slot).slice(turns);
  setOrder(m, slot, left);
  m.set(
    slot,
    left.reduce((mask, number) => mask | (1 << (number - 1)), 0),
  );
}
