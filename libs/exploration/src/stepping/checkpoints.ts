/**
 * The states of a run, any of them again: one of every so many is kept, and the machine runs on from there. Short runs keep
 * every state, so that going back costs a copy; of a longer run no more than a fixed number are kept, so that memory stays
 * bounded and going back costs at most a stretch between two of them.
 */
import { at, type Machine, type TraceStep } from '@lastref/kernel';
import { EXPLORATION_LIMITS } from '../limits.js';

export class Checkpoints {
  private readonly kept: Int32Array[] = [];
  private readonly every: number;
  /** Steps that the machine has executed. */
  private n = 0;

  /** @param machine its own: nobody else may step it. @param steps a run from time 0. @param started tasks that run then */
  constructor(
    private readonly machine: Machine,
    private readonly steps: readonly TraceStep[],
    started: readonly number[],
    mostKept: number = EXPLORATION_LIMITS.keptStates,
  ) {
    this.every = Math.max(1, Math.ceil(steps.length / mostKept));
    machine.reset();
    for (const task of started)
      if (machine.tables.program.tasks[task]?.optional !== undefined) machine.startTask(task);
    this.keep();
    while (this.n < steps.length) {
      this.step();
      if (this.n % this.every === 0) this.keep();
    }
  }

  /** Puts the state after `n` steps into the machine. */
  seek(n: number): void {
    if (n < this.n || n - this.n >= this.every) {
      const index = Math.floor(n / this.every);
      this.machine.load(at(this.kept, index));
      this.n = index * this.every;
    }
    while (this.n < n) this.step();
  }

  private step(): void {
    const { task, fault } = at(this.steps, this.n);
    this.machine.step(task, fault);
    this.n++;
  }

  private keep(): void {
    const { state, tables } = this.machine;
    this.kept.push(state.slice(0, tables.layout.slots.length));
  }
}
