/**
 * One run of a strategy on a machine, from time 0 to its verdict. The loop that sampling, replay of seeds and the
 * strategies' conformance suite share; the choices made can be listened to.
 */
import { quiesce, recordBlocked, type Machine } from '@lastref/kernel';
import type { Strategy } from '../strategies/strategy.js';

/** How a run ended; for 'failed' the machine's failure says how. */
export type RunEnd = 'clean' | 'failed' | 'outside' | 'cut';

export interface ChoiceListener {
  start(starts: boolean): void;
  step(task: number, armed: boolean, fault: boolean): void;
}

export class Runner {
  /** Steps of the last run. */
  steps = 0;
  private readonly optional: { readonly task: number; readonly weight: number }[];
  private readonly maxSteps: number;

  constructor(
    private readonly machine: Machine,
    private readonly strategy: Strategy,
  ) {
    const { program } = machine.tables;
    this.maxSteps = program.maxSteps;
    this.optional = program.tasks.flatMap((decl, task) =>
      decl.optional === undefined ? [] : [{ task, weight: decl.optional }],
    );
  }

  run(seed: number, listener?: ChoiceListener): RunEnd {
    const { machine, strategy } = this;
    machine.reset();
    strategy.begin(seed);
    this.steps = 0;
    for (const { task, weight } of this.optional) {
      const starts = strategy.start(weight);
      if (starts) machine.startTask(task);
      listener?.start(starts);
    }
    for (;;) {
      const candidates = machine.candidates();
      if (candidates === 0) return quiesce(machine);
      if (this.steps === this.maxSteps) return 'cut';
      const task = strategy.pick(machine, candidates);
      const armed = machine.faultArmed(task);
      const fault = armed && strategy.fault(machine.faultWeight(task));
      this.steps++;
      listener?.step(task, armed, fault);
      if (!machine.step(task, fault)) {
        recordBlocked(machine);
        return 'failed';
      }
      strategy.executed(machine, task);
    }
  }
}
