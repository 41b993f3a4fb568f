/**
 * A wait for the world outside (data on a socket, a user's next call): passes when a flag is set, and waiting for ever
 * is neither a hang nor a deadlock.
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export function arrived(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + ARG)) return true;
  return cell(m.state, m.place(task, row + ARG)) !== 0;
}

export function wait_external(m: Machine, task: number, row: number): number {
  return m.place(task, row + ARG) === FAILED ? FAILED : cell(m.code, row + NEXT);
}
