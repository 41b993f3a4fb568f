/** Writes down what was done: cost, segments, faults, schedule. */
import { encodeChoice, type switchKind } from '@lastref/exploration';
import { faultAt, type Run } from './plan.js';

export class Recorder {
  readonly cost: { events: number; preemptions: number; switches: number; steps: number };
  /** Faults taken. */
  faults = 0;
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
    if (fault) this.faults++;
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
