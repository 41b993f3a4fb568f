/**
 * Executes candidates of the shrinkers that ours is compared with: a list of choices, of which those that are no candidates are
 * skipped. Past the last, the task that runs stays, else the least candidate runs; nothing comes early and no fault is
 * taken. An optional task is started if the list has a step of it, so that leaving out its steps leaves out its start.
 * A candidate is accepted if its run meets the same failure; the run ends with the step that does.
 */
import { addStep, NO_COST, NONE, switchKind } from '@lastref/exploration';
import {
  BoundExceeded,
  Machine,
  quiesce,
  recordBlocked,
  tablesOf,
  type Cost,
  type Program,
} from '@lastref/kernel';

export interface Choice {
  readonly task: number;
  readonly fault: boolean;
}

/** A run that meets the failure, step for step. */
export interface LenientRun {
  readonly choices: readonly Choice[];
  readonly cost: Cost;
}

export class Lenient {
  executions = 0;
  steps = 0;
  private readonly machine: Machine;
  private readonly optional: readonly number[];

  constructor(
    private readonly program: Program,
    private readonly signature: string,
  ) {
    this.machine = new Machine(tablesOf(program));
    this.optional = program.tasks.flatMap((decl, t) => (decl.optional === undefined ? [] : [t]));
  }

  /** The run that the choices lead to, or null if it does not meet the failure. */
  execute(choices: readonly Choice[]): LenientRun | null {
    this.executions++;
    try {
      return this.follow(choices);
    } catch (error) {
      if (error instanceof BoundExceeded) return null;
      throw error;
    }
  }

  private follow(choices: readonly Choice[]): LenientRun | null {
    const { machine } = this;
    const started = this.optional.filter((task) => choices.some((choice) => choice.task === task));
    machine.reset();
    for (const task of started) machine.startTask(task);
    let cost: Cost = { ...NO_COST, events: started.length };
    const done: Choice[] = [];
    let [last, next] = [NONE, 0];
    while (done.length < this.program.maxSteps) {
      const candidates = machine.candidates();
      if (candidates === 0) return this.met(quiesce(machine) === 'failed', done, cost);
      const early = machine.early();
      while (next < choices.length && !isIn(candidates, choices[next])) next++;
      const wanted = choices[next++];
      const task = wanted?.task ?? byRule(candidates & ~early, last);
      const fault = wanted?.fault === true && machine.faultArmed(task);
      const event = fault || (early & (1 << task)) !== 0;
      cost = addStep(cost, switchKind(machine, last, task), event);
      done.push({ task, fault });
      last = task;
      this.steps++;
      if (machine.step(task, fault)) continue;
      recordBlocked(machine);
      return this.met(true, done, cost);
    }
    return null;
  }

  private met(failed: boolean, choices: readonly Choice[], cost: Cost): LenientRun | null {
    return failed && this.machine.failure.signature() === this.signature ? { choices, cost } : null;
  }
}

const isIn = (candidates: number, choice: Choice | undefined): boolean =>
  choice !== undefined && (candidates & (1 << choice.task)) !== 0;

const byRule = (candidates: number, last: number): number =>
  last !== NONE && (candidates & (1 << last)) !== 0
    ? last
    : 31 - Math.clz32(candidates & -candidates);
