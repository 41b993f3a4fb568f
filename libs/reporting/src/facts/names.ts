/** Names as traces spell them: tasks, slots (`gendisk.0.open_mutex`), call frames (`function (file)`). */
import type { Trace } from '@lastref/kernel';

export const taskName = (trace: Trace, task: number): string => trace.tasks[task] ?? `task ${task}`;

/** `nbd_put (drivers/block/nbd.c)` without the file. */
export const functionOf = (call: string): string => call.replace(/ \(.*\)$/, '');

/** Whether the slot is a local variable of some task. */
export const isLocal = (trace: Trace, slot: string): boolean =>
  trace.tasks.some((task) => slot.startsWith(`${task}.`));
