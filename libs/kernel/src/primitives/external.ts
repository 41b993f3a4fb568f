/**
 * A wait for the world outside (data on a socket, a user's next call): passes when a flag is set, and waiting for ever
 * is neither a hang nor a deadlock.
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

export function arrived(m: Machine, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return (m.state[m.place(task, row + Row.arg)] as number) !== 0;
}

export function wait_external(m: Machine, task: number, row: number): number {
  return m.place(task, row + Row.arg) === Exit.failed
    ? Exit.failed
    : (m.code[row + Row.next] as number);
}
