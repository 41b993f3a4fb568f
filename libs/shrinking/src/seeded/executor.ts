/**
 * Executes plans on the machine, the only judge of a candidate. A segment whose task cannot go on is left out; past the
 * last, the task that runs stays, else the least candidate runs. A run ends with the step that meets the target: a tail
 * behind it never counts. A candidate is given up as soon as it costs no less than the run it is to replace.
 */
import { type Pulse, encodeChoice, switchKind } from '@lastref/exploration';
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
import { faultAt, type Plan, type Run } from './plan.js';

export class Executor {
  /** Candidates executed so far, and their steps. */
  runs = 0;
  steps = 0;
  private readonly machine: Machine;
  private readonly optional: readonly number[];

  /** @param maxSteps once all candidates took so many steps together, the passes end */
  constructor(
    private readonly program: Program,
    private readonly target: Target,
    private readonly maxSteps: number,
    private readonly pulse: Pulse,
  ) {
    this.machine = new Machine(tablesOf(program));
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
    const { machine } = this;
    machine.reset();
    plan.starts.forEach((started, i) => {
      const task = this.optional[i];
      if (started && task !== undefined) machine.startTask(task);
    });
    const recorder = new Recorder(plan.starts, machine.taskCount);
    const chooser = new Chooser(plan);
    let last = -1;
    for (let n = 0; n < this.program.maxSteps; n++) {
      const candidates = machine.candidates();
      if (candidates === 0) return this.endsInTarget() ? recorder.run() : null;
      const early = machine.early();
      const task = chooser.next(candidates, early, last);
      if (task < 0) return null;
      const armed = machine.faultArmed(task);
      const fault = armed && plan.faults.has(faultAt(task, recorder.stepsOf(task)));
      const event = fault || (early & (1 << task)) !== 0;
      recorder.step(task, { armed, fault, event }, switchKind(machine, last, task));
      if (below !== undefined && compareCosts(recorder.cost, below) >= 0) return null;
      last = task;
      this.steps++;
      const ok = machine.step(task, fault);
      if (!ok) recordBlocked(machine);
      if (this.met(!ok)) return recorder.run();
      if (!ok) return null;
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

/** Which task a plan wants next. */
class Chooser {
  private index = 0;
  private done = 0;

  constructor(private readonly plan: Plan) {}

  /** A candidate, or -1 if the plan ends here. What is early happens only where the plan says so. */
  next(candidates: number, early: number, last: number): number {
    const { segments, goesOn } = this.plan;
    for (; this.index < segments.length; this.index++, this.done = 0) {
      const segment = segments[this.index];
      if (segment === undefined || this.done >= segment.steps) continue;
      if ((candidates & (1 << segment.task)) === 0) continue;
      this.done++;
      return segment.task;
    }
    if (!goesOn) return -1;
    const now = candidates & ~early;
    if (last >= 0 && (now & (1 << last)) !== 0) return last;
    return 31 - Math.clz32(now & -now);
  }
}

/** Writes down what was done: cost, segments, faults, schedule. */
class Recorder {
  readonly cost: { events: number; preemptions: number; switches: number; steps: number };
  private readonly tasks: number[] = [];
  /** Per step: 0 not armed, 1 armed, 2 fault taken. */
  private readonly armed: number[] = [];
  private readonly counts: number[] = [];

  constructor(
    private readonly starts: readonly boolean[],
    private readonly taskCount: number,
  ) {
    const events = starts.filter((started) => started).length;
    this.cost = { events, preemptions: 0, switches: 0, steps: 0 };
  }

  stepsOf(task: number): number {
    return this.counts[task] ?? 0;
  }

  step(
    task: number,
    { armed, fault, event }: { armed: boolean; fault: boolean; event: boolean },
    kind: ReturnType<typeof switchKind>,
  ): void {
    const { cost } = this;
    if (event) cost.events++;
    if (kind === 'preemption') cost.preemptions++;
    if (kind !== 'none') cost.switches++;
    cost.steps++;
    this.counts[task] = this.stepsOf(task) + 1;
    this.tasks.push(task);
    this.armed.push(fault ? 2 : armed ? 1 : 0);
  }

  run(): Run {
    const { starts, tasks, armed } = this;
    const segments: { task: number; steps: number }[] = [];
    const faults = new Set<number>();
    const counts: number[] = [];
    let schedule = starts.map((started) => encodeChoice(started ? 1 : 0)).join('');
    tasks.forEach((task, n) => {
      const before = counts[task] ?? 0;
      counts[task] = before + 1;
      const segment = segments.at(-1);
      if (segment?.task === task) segment.steps++;
      else segments.push({ task, steps: 1 });
      schedule += encodeChoice(task);
      if (armed[n] !== 0) schedule += encodeChoice(armed[n] === 2 ? 1 : 0);
      if (armed[n] === 2) faults.add(faultAt(task, before));
    });
    return {
      starts,
      segments,
      faults,
      cost: this.cost,
      schedule,
      tasks: this.taskCount,
      goesOn: true,
    };
  }
}
