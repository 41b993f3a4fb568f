/**
 * Who has yet to be started, in a run: those that take no step until another starts them. A declared task is late until its
 * first step; a worker, timer or handler whenever it is idle.
 */
import { at, cell, type Machine, type Program } from '@lastref/kernel';
import { startsOf } from './code/starts.js';
import { lowestTask } from './seeded.js';

export class Late {
  /** Those that are waiting now. */
  waiting = 0;
  private ran = 0;
  private readonly late: number;
  private readonly declared: number;

  constructor(program: Program) {
    this.late = startsOf(program).late;
    this.declared = program.tasks.length;
  }

  begin(): void {
    this.waiting = 0;
    this.ran = 0;
  }

  /** To be called before each step. @returns those that were waiting at the step before and can run now */
  look(machine: Machine, candidates: number): number {
    const before = this.waiting;
    let waiting = 0;
    for (let rest = this.late & ~candidates; rest !== 0; rest &= rest - 1) {
      const task = lowestTask(rest);
      const isOver =
        task < this.declared
          ? (this.ran & (1 << task)) !== 0
          : cell(machine.state, at(machine.pcSlot, task)) !== 0;
      if (!isOver) waiting |= 1 << task;
    }
    this.waiting = waiting;
    return before & candidates;
  }

  executed(task: number): void {
    this.ran |= 1 << task;
  }
}
