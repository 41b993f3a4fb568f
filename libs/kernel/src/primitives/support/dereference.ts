/** Reading a pointer that something has to protect, named by the operand behind it: suspicious-rcu where that is not held. */
import type { Kernel } from '../../operation/kernel.js';
import { Exit, Row } from '../../operation/row.js';

const POINTER = 1;
const PROTECTION = 3;

/** @param holds whether the task holds what is in that slot */
export function dereference(
  m: Kernel,
  task: number,
  row: number,
  holds: (m: Kernel, task: number, slot: number) => boolean,
): number {
  const slot = m.place(task, row + Row.arg + POINTER);
  if (slot === Exit.failed) return Exit.failed;
  const protection = m.place(task, row + Row.arg + PROTECTION);
  if (protection === Exit.failed) return Exit.failed;
  if (!holds(m, task, protection)) m.edges.suspicious(m.pc);
  m.set(m.local(task, row + Row.arg), m.state[slot] as number);
  return m.code[row + Row.next] as number;
}
