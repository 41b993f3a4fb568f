/** Names as traces spell them: tasks, slots (`gendisk.0.open_mutex`), call frames (`function (file)`). */
import type { Trace } from '@lastref/kernel';

export const taskName = (trace: Trace, task: number): string => trace.tasks[task] ?? `task ${task}`;

/** The type's name for the slot: `gendisk.0.open_mutex` is of the class `gendisk.open_mutex`. */
export const classOf = (slot: string): string => slot.replace(/\.\d+(?=\.|$)/g, '');

/** `nbd_put (drivers/block/nbd.c)` without the file. */
export const functionOf = (call: string): string => call.replace(/ \(.*\)$/, '');

/** The name of the field or variable that a line of code works on: the last identifier of its argument. */
export const operandOf = (text: string): string => /([A-Za-z0-9_]+)\)$/.exec(text)?.[1] ?? '';

/** Whether the slot is a local variable of some task. */
export const isLocal = (trace: Trace, slot: string): boolean =>
  trace.tasks.some((task) => slot.startsWith(`${task}.`));
