/**
 * Read sections and grace periods, for RCU and SRCU: who reads, in which section, and for each task that waits the sections
 * that were under way when it arrived. A section that ends is taken out of every such snapshot, so one that its task begins
 * afterwards is a new one. A task can be in two sections at once; what a third comes to is said by the caller.
 * Slots: a mask of readers for each of the two sections, the tasks that wait, and per task and section its snapshot.
 */
import { maskSlot, type FieldSlot, type Sizes } from '../../operation/field-kind.js';
import type { Kernel } from '../../operation/kernel.js';
import { Exit, Row } from '../../operation/row.js';

/** Sections that one task can be in. */
export const SECTIONS = 2;
const WAITING = SECTIONS;
const SNAPSHOTS = WAITING + 1;

export const sectionSlots = (sizes: Sizes): readonly FieldSlot[] => [
  maskSlot('.readers', sizes, 'shared'),
  maskSlot('.readers.again', sizes, 'shared'),
  maskSlot('.waiting', sizes),
  ...Array.from({ length: sizes.tasks * SECTIONS }, (_, i) => ({
    ...maskSlot(`.awaited.${i}`, sizes),
    of: Math.floor(i / SECTIONS),
  })),
];

/** The first slot behind those of the sections. */
export const behindSections = ({ taskCount }: Kernel, slot: number): number =>
  slot + SNAPSHOTS + taskCount * SECTIONS;

const snapshotOf = (slot: number, task: number): number => slot + SNAPSHOTS + task * SECTIONS;

export const isIn = (m: Kernel, slot: number, task: number, section: number): boolean =>
  ((m.state[slot + section] as number) & (1 << task)) !== 0;

export const isReader = (m: Kernel, slot: number, task: number): boolean =>
  isIn(m, slot, task, 0) || isIn(m, slot, task, 1);

/** Whether any task reads, or waits for those that do. */
export const isBusy = ({ state }: Kernel, slot: number): boolean =>
  state[slot] !== 0 || state[slot + 1] !== 0 || state[slot + WAITING] !== 0;

export function enter(m: Kernel, slot: number, task: number, section: number): void {
  m.set(slot + section, (m.state[slot + section] as number) | (1 << task));
}

/** The section ends, for all who wait for it. */
export function leave(m: Kernel, slot: number, task: number, section: number): void {
  const others = ~(1 << task);
  m.set(slot + section, (m.state[slot + section] as number) & others);
  let waiting = m.state[slot + WAITING] as number;
  for (; waiting !== 0; waiting &= waiting - 1) {
    const awaited = snapshotOf(slot, 31 - Math.clz32(waiting & -waiting)) + section;
    m.set(awaited, (m.state[awaited] as number) & others);
  }
}

/** The task waits from here on for the sections under way. The prologue, which is alone, has nobody to wait for. */
export function arrive(m: Kernel, slot: number, task: number): void {
  if (task >= m.taskCount) return;
  m.set(slot + WAITING, (m.state[slot + WAITING] as number) | (1 << task));
  const awaited = snapshotOf(slot, task);
  for (let section = 0; section < SECTIONS; section++)
    m.set(awaited + section, m.state[slot + section] as number);
}

export function pass(m: Kernel, slot: number, task: number): void {
  m.set(slot + WAITING, (m.state[slot + WAITING] as number) & ~(1 << task));
}

/** Tasks whose sections the task still waits for. */
export function awaited(m: Kernel, task: number, row: number): number {
  if (task >= m.taskCount || m.dangling(task, row + Row.arg)) return 0;
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return 0;
  const first = snapshotOf(slot, task);
  return (m.state[first] as number) | (m.state[first + 1] as number);
}

export const havePassed = (m: Kernel, task: number, row: number): boolean =>
  awaited(m, task, row) === 0;
