/** An independent look at 1-minimality: a run without one of its steps, or of its faults or optional tasks. */
import { addStep, NO_COST, NONE, switchKind } from '@lastref/exploration';
import {
  BoundExceeded,
  Machine,
  quiesce,
  recordBlocked,
  tablesOf,
  type Cost,
  type Program,
  type Trace,
} from '@lastref/kernel';
import { compared } from './support.js';

interface Step {
  readonly task: number;
  readonly fault: boolean;
}

/** The cost of a cheaper run that shows the signature and lacks one thing of the trace; null if there is none. */
export function cheaperByOneStep(program: Program, signature: string, trace: Trace): Cost | null {
  const { steps } = trace;
  const optional = program.tasks.flatMap((decl, t) => (decl.optional === undefined ? [] : [t]));
  const started = optional.filter((task) => trace.started.includes(task));
  const machine = new Machine(tablesOf(program));
  const candidates = [
    ...steps.map((_, i) => ({ started, steps: steps.toSpliced(i, 1) })),
    ...steps.flatMap((step, i) =>
      step.fault ? [{ started, steps: steps.with(i, { ...step, fault: false }) }] : [],
    ),
    ...started.map((one) => ({ started: started.filter((task) => task !== one), steps })),
  ];
  for (const candidate of candidates) {
    const cost = costToSignature(machine, signature, candidate.started, candidate.steps);
    if (cost !== null && compared(cost, trace.cost) < 0) return cost;
  }
  return null;
}

/** Follows the steps, leaving out those that cannot be taken. @returns null if the signature is not met */
function costToSignature(
  machine: Machine,
  signature: string,
  started: readonly number[],
  steps: readonly Step[],
): Cost | null {
  machine.reset();
  for (const task of started) machine.startTask(task);
  let cost: Cost = { ...NO_COST, events: started.length };
  let last = NONE;
  try {
    for (const { task, fault } of steps) {
      if ((machine.candidates() & (1 << task)) === 0) continue;
      const taken = fault && machine.faultArmed(task);
      const early = (machine.early() & (1 << task)) !== 0;
      cost = addStep(cost, switchKind(machine, last, task), taken || early);
      last = task;
      const ok = machine.step(task, taken);
      if (!ok) recordBlocked(machine);
      if (shows(machine, signature, !ok)) return cost;
      if (!ok) return null;
    }
    if (machine.candidates() !== 0) return null;
    return shows(machine, signature, quiesce(machine) === 'failed') ? cost : null;
  } catch (error) {
    if (error instanceof BoundExceeded) return null;
    throw error;
  }
}

const shows = (machine: Machine, signature: string, failed: boolean): boolean =>
  [...machine.edges.reports()].includes(signature) ||
  (failed && machine.failure.signature() === signature);
