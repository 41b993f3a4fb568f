/**
 * Named checks that end the run: `invariant` fails when its value is zero, `busy_pool` always (mm/dmapool.c prints
 * "dma_pool_destroy mlx5_cmd, ... busy" for a page in use). What is checked is computed by the operations before it.
 */
import type { Machine } from '../machine/machine.js';
import { FAILED } from '../machine/outcome.js';
import { ARG, NEXT } from '../machine/tables.js';
import { cell } from '../state/cell.js';

export function invariant(m: Machine, task: number, row: number): number {
  if (m.value(task, row + ARG + 1) !== 0) return cell(m.code, row + NEXT);
  m.failure.raise('invariant', m.pc, cell(m.code, row + ARG));
  return FAILED;
}

export function busy_pool(m: Machine, row: number): number {
  m.failure.raise('busy-pool', m.pc, cell(m.code, row + ARG));
  return FAILED;
}
