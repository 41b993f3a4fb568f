/**
 * Executes plans on the machine, the only judge of a candidate. A run ends with the step that meets the target: a tail
 * behind it never counts. A candidate is given up as soon as it costs no less than the run it is to replace, or goes where
 * others went before and did not meet the target.
 */
import { type Pulse, switchKind } from '@lastref/exploration';
import {
  BoundExceeded,
  Machine,
  quiesce,
  recordBlocked,
  tablesOf,
  type Cost,
  type Program,
} from '@lastref/kernel';
import type { Target } from '../target.js';
import { compareCosts } from '../compare-costs.js';
import { Chooser } from './chooser.js';
import { DeadEnds } from './dead-ends.js';
import { faultAt, type Plan, type Run } from './plan.js';
import { Recorder } from './recorder.js';

export class Executor {
  /** Candidates executed so far, and their steps. */
  runs = 0;
  steps = 0;
  private readonly machine: Machine;
  private readonly deadEnds: DeadEnds;
  private readonly optional: readonly number[];

  /** @param maxSteps once all candidates took so many steps together, the passes end */
  constructor(
    private readonly program: Program,
    private readonly target: Target,
    private readonly maxSteps: number,
    private readonly pulse: Pulse,
  ) {
    this.machine = new Machine(tablesOf(program));
    this.deadEnds = new DeadEnds(this.machine);
    this.optional = program.tasks.flatMap((decl, t) => (decl.optional === undefined ? [] : [t]));
  }

  get exhausted(): boolean {
    return this.steps >= this.maxSteps;
  }

  /** The run that the plan leads to, if it meets the target and costs less. One that passes a bound of the program does not. */
  execute(plan: Plan, below?: Cost): Run | null {
    this.runs++;
    this.pulse.tell();
    try {
      return this.follow(plan, below);
    } catch (error) {
      if (error instanceof BoundExceeded) return null;
      throw error;
    }
  }

  private follow(plan: Plan, below: Cost | undefined): Run | null {
    const { machine, deadEnds, target } = this;
    machine.reset();
    deadEnds.begin();
    plan.starts.forEach((started, i) => {
      const task = this.optional[i];
      if (started && task !== undefined) machine.startTask(task);
    });
    const recorder = new Recorder(plan.starts, machine.taskCount);
    const chooser = new Chooser(plan);
    let last = -1;
    for (let n = 0; n < this.program.maxSteps; n++) {
      const candidates = machine.candidates();
      if (candidates === 0)
        return this.endsInTarget() ? recorder.run() : deadEnds.end(chooser.stretch);
      const early = machine.early();
      const task = chooser.next(candidates, early, last);
      if (task < 0) return null;
      const armed = machine.faultArmed(task);
      const fault = armed && plan.faults.has(faultAt(task, recorder.stepsOf(task)));
      const event = fault || (early & (1 << task)) !== 0;
      recorder.step(task, { armed, fault, event }, switchKind(machine, last, task));
      if (below !== undefined && compareCosts(recorder.cost, below) >= 0) return null;
      if (chooser.open && recorder.faults === plan.faults.size) {
        const bits = target.allBits === 0 ? 0 : target.bits(machine);
        if (deadEnds.comesTo(chooser.stretch, task, last, chooser.alone, bits))
          return deadEnds.end(chooser.stretch);
      }
      last = task;
      this.steps++;
      const ok = machine.step(task, fault);
      if (!ok) recordBlocked(machine);
      if (this.met(!ok)) return recorder.run();
      if (!ok) return deadEnds.end(chooser.stretch);
    }
    return null;
  }

  private endsInTarget(): boolean {
    return this.met(quiesce(this.machine) === 'failed');
  }

  private met(failed: boolean): boolean {
    const { machine, target } = this;
    if (target.allBits !== 0) return target.bits(machine) === target.allBits;
    return failed && machine.failure.signature() === target.signature;
  }
}
