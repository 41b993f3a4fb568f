/**
 * Cost of a schedule (semantics section 5): events, preemptions, switches, steps, compared in that order. What one step
 * adds depends only on the state before it, the task that ran last and the step itself, so cheapest runs are shortest paths.
 */
import type { Cost, Machine, SwitchKind } from '@lastref/kernel';

export const NO_COST: Cost = { events: 0, preemptions: 0, switches: 0, steps: 0 };

/** No task ran yet. */
export const NONE = -1;

/** How the next step of `task` follows a step of `last`, judged at the state before it. */
export function switchKind(machine: Machine, last: number, task: number): SwitchKind {
  if (last === NONE || last === task) return 'none';
  const enabled = (machine.enabledMask() & (1 << last)) !== 0;
  return enabled && !machine.atYieldPoint(last) ? 'preemption' : 'switch';
}

/** @param event the step is a fault, or an early timeout */
export const addStep = (cost: Cost, kind: SwitchKind, event: boolean): Cost => ({
  events: cost.events + (event ? 1 : 0),
  preemptions: cost.preemptions + (kind === 'preemption' ? 1 : 0),
  switches: cost.switches + (kind === 'none' ? 0 : 1),
  steps: cost.steps + 1,
});

/** `events/preemptions/switches/steps`. */
export const costText = (cost: Cost): string =>
  `${cost.events}/${cost.preemptions}/${cost.switches}/${cost.steps}`;
