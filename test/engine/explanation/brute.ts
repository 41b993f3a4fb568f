/** What can come of a state, by looking at every run from it with the machine alone: nothing of the explanation's own is used. */
import { decodeChoice } from '@lastref/exploration';
import { Machine, quiesce, tablesOf, type Program } from '@lastref/kernel';

/** States looked at from one state; more is no answer. */
const MOST = 1_000;

export interface Outcomes {
  readonly signatures: ReadonlySet<string>;
  readonly clean: boolean;
  /** Some run ends without a failure, clean or not. */
  readonly ends: boolean;
}

export class Brute {
  private readonly machine: Machine;
  private readonly size: number;

  constructor(private readonly program: Program) {
    const tables = tablesOf(program);
    this.machine = new Machine(tables);
    this.size = tables.layout.slots.length;
  }

  /** The state that a schedule leads to; null where the run is over then. */
  behind(schedule: string): Int32Array | null {
    const { machine, program } = this;
    let position = 0;
    const next = (): number => decodeChoice(schedule[position++] ?? '');
    machine.reset();
    program.tasks.forEach(({ optional }, task) => {
      if (optional !== undefined && next() === 1) machine.startTask(task);
    });
    while (position < schedule.length) {
      const task = next();
      const fault = machine.faultArmed(task) && next() === 1;
      if (!machine.step(task, fault)) return null;
    }
    return this.state();
  }

  /** Null where there are too many states. */
  outcomes(from: Int32Array): Outcomes | null {
    const { machine } = this;
    const seen = new Map([[from.join(), from]]);
    const signatures = new Set<string>();
    let [clean, ends] = [false, false];
    for (const state of seen.values()) {
      if (seen.size > MOST) return null;
      machine.load(state);
      const candidates = machine.candidates();
      if (candidates === 0) {
        const ending = quiesce(machine);
        if (ending === 'failed') signatures.add(machine.failure.signature());
        else ends = true;
        clean ||= ending === 'clean';
      }
      for (let task = 0; task < machine.taskCount; task++) {
        if ((candidates & (1 << task)) === 0) continue;
        for (const fault of [false, true]) {
          machine.load(state);
          if (fault && !machine.faultArmed(task)) continue;
          if (machine.step(task, fault)) {
            const to = this.state();
            if (!seen.has(to.join())) seen.set(to.join(), to);
          } else signatures.add(machine.failure.signature());
        }
      }
    }
    return { signatures, clean, ends };
  }

  private state(): Int32Array {
    return this.machine.state.slice(0, this.size);
  }
}
