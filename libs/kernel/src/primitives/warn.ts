/**
 * Named checks that end the run: `invariant` fails when its value is zero, `busy_pool` always (mm/dmapool.c prints
 * "dma_pool_destroy mlx5_cmd, ... busy" for a page in use). What is checked is computed by the operations before it.
 */
import type { Machine } from '../machine/machine.js';
import { Exit, Row } from '../machine/row.js';

export function invariant(m: Machine, task: number, row: number): number {
  if (m.value(task, row + Row.arg + 1) !== 0) return m.code[row + Row.next] as number;
  m.failure.raise('invariant', m.pc, m.code[row + Row.arg]);
  return Exit.failed;
}

export function busy_pool(m: Machine, row: number): number {
  m.failure.raise('busy-pool', m.pc, m.code[row + Row.arg]);
  return Exit.failed;
}
