/**
 * A schedule executed once more, with what an explanation asks of each step: who took it, which location it touches, which slots
 * it wrote, and who could have gone instead. Taken from what the machine itself logs and from the kernel's footprints; no list
 * of operations of its own.
 */
import { cell, Machine, nextFootprint, tablesOf, type Program, type Trace } from '@lastref/kernel';

export interface RecordedStep {
  readonly task: number;
  readonly pc: number;
  readonly fault: boolean;
  /** The location that the step is about (footprint.ts of the kernel). */
  readonly print: number;
  /** Slots that it wrote, less those of who took it: counters of programs and locals. */
  readonly writes: ReadonlySet<number>;
  /** Tasks that could go before the step, and after it; 0 where the run has ended. */
  readonly before: number;
  readonly after: number;
}

export interface RecordedRun {
  readonly machine: Machine;
  /** Per optional task, in order of declaration. */
  readonly starts: readonly boolean[];
  readonly steps: readonly RecordedStep[];
}

/** @param trace of a run of the program */
export function recordRun(program: Program, trace: Trace): RecordedRun {
  const machine = new Machine(tablesOf(program));
  const optional = program.tasks.flatMap((decl, t) => (decl.optional === undefined ? [] : [t]));
  const starts = optional.map((task) => trace.started.includes(task));
  machine.reset();
  optional.forEach((task, i) => {
    if (starts[i] === true) machine.startTask(task);
  });
  let before = machine.candidates();
  const steps = trace.steps.map(({ task, pc, fault }): RecordedStep => {
    const print = nextFootprint(machine, task);
    const goesOn = machine.step(task, fault);
    const writes = writesOf(machine, task);
    const after = goesOn ? machine.candidates() : 0;
    const step = { task, pc, fault, print, writes, before, after };
    before = after;
    return step;
  });
  return { machine, starts, steps };
}

function writesOf(machine: Machine, task: number): ReadonlySet<number> {
  const prefix = `${machine.tables.layout.tasks[task]?.name ?? ''}.`;
  const writes = new Set<number>();
  for (let i = 0; i < machine.written; i += 2) {
    const slot = cell(machine.log, i);
    if (!(machine.tables.layout.slots[slot]?.name.startsWith(prefix) ?? false)) writes.add(slot);
  }
  return writes;
}
