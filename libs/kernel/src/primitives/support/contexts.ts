/**
 * What a task keeps off its CPU, and what runs there: interrupts off (a flag, as in the processor), bottom halves and preemption
 * off (counts), and, of an interrupt, that it runs. An interrupt starts only where nobody on its CPU keeps it off, and while it
 * runs the tasks that it interrupts do not. Interrupts of other CPUs come and go freely.
 */
import type { Kernel } from '../../operation/kernel.js';

/** Slots of a task, in order. */
export const enum Off {
  irqs = 0,
  softirqs = 1,
  preemption = 2,
  running = 3,
}
export const CONTEXT_SLOTS = [
  ['irqs_off', 1],
  ['bh_off', 3],
  ['preempt_off', 3],
  ['in_interrupt', 1],
] as const;

const HARDIRQ = 2;

export const off = (m: Kernel, task: number, what: Off): number =>
  m.state[(m.tables.contextSlot[task] as number) + what] as number;

/** Interrupts of its CPU that run now and interrupt the task. */
export function interrupting(m: Kernel, task: number): number {
  const { onCpuOf, contextOf } = m.tables;
  let found = 0;
  for (let rest = (onCpuOf[task] as number) & ~(1 << task); rest !== 0; rest &= rest - 1) {
    const other = 31 - Math.clz32(rest & -rest);
    if (
      (contextOf[other] as number) > (contextOf[task] as number) &&
      off(m, other, Off.running) !== 0
    )
      found |= 1 << other;
  }
  return found;
}

/** Tasks that an interrupt keeps from going on. */
export function suspended(m: Kernel): number {
  if (!m.tables.hasInterrupts) return 0;
  let found = 0;
  for (let task = 0; task < m.taskCount; task++)
    if (interrupting(m, task) !== 0) found |= 1 << task;
  return found;
}

/** Whether the interrupt may start on its CPU. */
export function mayInterrupt(m: Kernel, task: number): boolean {
  const { onCpuOf, contextOf } = m.tables;
  const context = contextOf[task] as number;
  for (let rest = (onCpuOf[task] as number) & ~(1 << task); rest !== 0; rest &= rest - 1) {
    const other = 31 - Math.clz32(rest & -rest);
    if (off(m, other, Off.irqs) !== 0) return false;
    if (context < HARDIRQ && off(m, other, Off.softirqs) !== 0) return false;
    if ((contextOf[other] as number) >= context && off(m, other, Off.running) !== 0) return false;
  }
  return true;
}

/** Whether the task is in an interrupt, as in_interrupt() says: it is one, or its bottom halves are off. */
export function inInterrupt(m: Kernel, task: number): boolean {
  const { contextOf, contextSlot, layout, classOfWork, spinClasses } = m.tables;
  const actor = layout.tasks[task];
  if (actor?.kind === 'timer') return true;
  if (actor?.kind === 'handler')
    return (spinClasses & (1 << (classOfWork[actor.work] as number))) !== 0;
  if ((contextSlot[task] as number) < 0) return false;
  return (contextOf[task] ?? 0) > 0 || off(m, task, Off.softirqs) !== 0;
}

/** What a task must not sleep in beside locks. Names are part of signatures. */
export const ATOMIC = [
  'softirq',
  'hardirq',
  'interrupts off',
  'bottom halves off',
  'preemption off',
] as const;

/** Index of what the task is in that it must not sleep in, -1 if it may. */
export function atomicContext(m: Kernel, task: number): number {
  if ((m.tables.contextSlot[task] as number) < 0) return -1;
  const context = m.tables.contextOf[task] ?? 0;
  if (context > 0) return context - 1;
  if (off(m, task, Off.irqs) !== 0) return 2;
  if (off(m, task, Off.softirqs) !== 0) return 3;
  return off(m, task, Off.preemption) !== 0 ? 4 : -1;
}
