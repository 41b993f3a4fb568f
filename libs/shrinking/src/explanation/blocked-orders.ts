/**
 * The orders of a run that ends with tasks that wait for each other: each holder took what another then waits for. Exchanged, the one
 * that waits takes it first. A wait is no step of the run, so these orders are told apart from those of its steps.
 */
import type { Trace } from '@lastref/kernel';
import { acquisitions } from './lock-steps.js';

export interface BlockedOrder {
  /** Index of the step that took it. */
  readonly first: number;
  readonly task: number;
  readonly pc: number;
  readonly text: string;
  readonly function: string;
  readonly lock: string;
}

export function blockedOrders(trace: Trace): readonly BlockedOrder[] {
  const held = acquisitions(trace);
  return trace.waiting
    .filter(({ parked }) => !parked)
    .flatMap(({ task, pc, text, function: inside, wants, holders }) =>
      held
        .filter((one) => one.lockClass === wants && holders.includes(one.task))
        .map(({ index, lock }) => ({ first: index, task, pc, text, function: inside, lock })),
    );
}
