/**
 * Deadlock: a cycle over waits whose holders are known (lock owner, the worker that runs an item). A new cycle always
 * passes through the task that just stepped, so only its waits are followed. The shortest cycle is reported, the least
 * by spelling among equals; its length may be one.
 */
import { enabled, holders, holdersOf } from './waiting.js';
import type { Kernel } from '../operation/kernel.js';
import type { Failure } from './failure.js';
import { leastRotation, waitName } from './signature.js';

const { clz32 } = Math;

/** A machine whose failure can be told in full. */
type Judged = Kernel & { readonly failure: Failure };

/** Whether the blocked task is part of a cycle; if so the machine's failure names it. */
export function hasDeadlock(machine: Judged, task: number): boolean {
  let reached = holders(machine, task);
  let frontier = reached;
  while (frontier !== 0 && (reached & (1 << task)) === 0) {
    const next = 31 - clz32(frontier);
    const further = holdersOf(machine, next) & ~reached;
    reached |= further;
    frontier = (frontier & ~(1 << next)) | further;
  }
  if ((reached & (1 << task)) === 0) return false;
  name(machine, shortestCycle(machine, task));
  return true;
}

function shortestCycle(machine: Judged, task: number): readonly number[] {
  const cycles: number[][] = [];
  const walk = (path: number[], last: number): void => {
    const next = holdersOf(machine, last);
    for (let holder = 0; holder < machine.taskCount; holder++) {
      if ((next & (1 << holder)) === 0) continue;
      if (holder === task) cycles.push(path);
      else if (!path.includes(holder)) walk([...path, holder], holder);
    }
  };
  walk([task], task);
  // Who is merely interrupted waits for nothing of its own.
  const waiting = cycles.map((cycle) => cycle.filter((member) => !enabled(machine, member)));
  const shortest = Math.min(...waiting.map((cycle) => cycle.length));
  return waiting
    .filter((cycle) => cycle.length === shortest)
    .reduce((a, b) => (spelling(machine, b) < spelling(machine, a) ? b : a));
}

function name(machine: Judged, cycle: readonly number[]): void {
  machine.failure.begin('deadlock');
  for (const member of canonical(cycle)) {
    const pc = machine.state[machine.pcSlot[member] as number] as number;
    machine.failure.push(machine.tables.fn[pc] as number);
    machine.failure.push(pc);
  }
}

const waitText = (machine: Judged, task: number): string => {
  const pc = machine.state[machine.pcSlot[task] as number] as number;
  return waitName(machine.tables, machine.tables.fn[pc] as number, pc);
};

const spelling = (machine: Judged, cycle: readonly number[]): string =>
  leastRotation(cycle.map((task) => waitText(machine, task))).join('+');

/** The cycle turned so that equal cycles of a program are equal integers, whoever stepped last. */
function canonical(cycle: readonly number[]): number[] {
  const least = cycle.indexOf(Math.min(...cycle));
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
