/**
 * struct completion (kernel/sched/completion.c): a count; complete() adds one, the uninterruptible
 * wait_for_completion() takes one. An early complete() is remembered. A completion on a dead stack frame is a dead object.
 * wait_for_completion_timeout() may also give up, but only when nothing else can run (Machine.candidates).
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ALT, ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export function complete(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.count(slot, cell(m.state, slot) + 1);
  return cell(m.code, row + NEXT);
}

export function completed(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + ARG)) return true;
  return cell(m.state, m.place(task, row + ARG)) > 0;
}

export function wait_for_completion(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  m.state[slot] = cell(m.state, slot) - 1;
  return cell(m.code, row + NEXT);
}

/** Leaves by `alt` if the time is up: the step was taken though nothing is complete. */
export function wait_for_completion_timeout(m: Machine, task: number, row: number): number {
  const slot = m.place(task, row + ARG);
  if (slot === FAILED) return FAILED;
  const count = cell(m.state, slot);
  if (count === 0) return cell(m.code, row + ALT);
  m.state[slot] = count - 1;
  return cell(m.code, row + NEXT);
}
