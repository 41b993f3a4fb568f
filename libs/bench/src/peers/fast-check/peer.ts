/**
 * fast-check's scheduler on the same model: every task waits in it for its turn, waitOne() lets one go. The loop is the
 * fastest that is right: after each turn a few microtasks run, so that the task that went stands in the scheduler again
 * before the next pick. A task picked while it cannot run is put aside, so that picks are uniform over candidates.
 */
import { Machine, quiesce, tablesOf, type Program } from '@lastref/kernel';

/** Microtasks between two picks; fewer lose tasks, which the comparison of answers would show. */
const TICKS = 3;
const READY = Promise.resolve();

interface Scheduler {
  schedule(task: Promise<unknown>): Promise<unknown>;
  count(): number;
  waitOne(): Promise<unknown>;
}

export interface FastCheckRuns {
  readonly failed: number;
  readonly steps: number;
}

/** Runs of the model under schedulers that fast-check drew. */
export class FastCheckPeer {
  private readonly machine: Machine;
  private queued = 0;
  private failed = false;
  private steps = 0;

  constructor(program: Program) {
    this.machine = new Machine(tablesOf(program));
  }

  async run(schedulers: readonly Scheduler[]): Promise<FastCheckRuns> {
    this.steps = 0;
    let failed = 0;
    for (const scheduler of schedulers) if (await this.one(scheduler)) failed++;
    return { failed, steps: this.steps };
  }

  private async one(scheduler: Scheduler): Promise<boolean> {
    this.machine.reset();
    this.queued = 0;
    this.failed = false;
    this.enqueue(scheduler);
    while (scheduler.count() > 0 && !this.isOver()) {
      void scheduler.waitOne();
      for (let i = 0; i < TICKS; i++) await READY;
    }
    return this.hasFailed() || quiesce(this.machine) === 'failed';
  }

  private hasFailed(): boolean {
    return this.failed;
  }

  private isOver(): boolean {
    return this.failed || this.machine.candidates() === 0;
  }

  private enqueue(scheduler: Scheduler): void {
    const rest = this.machine.candidates() & ~this.queued;
    for (let mask = rest; mask !== 0; mask &= mask - 1) {
      const task = 31 - Math.clz32(mask & -mask);
      this.queued |= 1 << task;
      void scheduler.schedule(READY).then(() => {
        this.turn(scheduler, task);
      });
    }
  }

  private turn(scheduler: Scheduler, task: number): void {
    if (this.failed) return;
    this.queued &= ~(1 << task);
    if ((this.machine.candidates() & (1 << task)) !== 0) {
      this.steps++;
      if (!this.machine.step(task, false)) {
        this.failed = true;
        return;
      }
    }
    this.enqueue(scheduler);
  }
}
