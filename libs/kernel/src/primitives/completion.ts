/**
 * struct completion (kernel/sched/completion.c): a count; complete() adds one, the uninterruptible
 * wait_for_completion() takes one. An early complete() is remembered. A completion on a dead stack frame is a dead object.
 * wait_for_completion_timeout() may also give up, but only when nothing else can run (Machine.candidates).
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

export function complete(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.count(slot, (m.state[slot] as number) + 1);
  return m.code[row + Row.next] as number;
}

export function completed(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return (m.state[m.place(task, row + Row.arg)] as number) > 0;
}

export function wait_for_completion(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  m.set(slot, (m.state[slot] as number) - 1);
  return m.code[row + Row.next] as number;
}

/** Leaves by `alt` if the time is up: the step was taken though nothing is complete. */
export function wait_for_completion_timeout(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + Row.arg);
  if (slot === Exit.failed) return Exit.failed;
  const count = m.state[slot] as number;
  if (count === 0) return m.code[row + Row.alt] as number;
  m.set(slot, count - 1);
  return m.code[row + Row.next] as number;
}
