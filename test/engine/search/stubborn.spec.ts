/**
 * What is chosen is enough, by trying: whatever the tasks that are left do, the chosen ones can still take their steps, and to
 * the same effect before and after each step of the others. In every state of small programs, of a program per pair of waits,
 * and of random ones.
 */
import { BoundExceeded, Machine, tablesOf, type Program } from '@lastref/kernel';
import fc from 'fast-check';
import { canReduce, Reduction } from '../../../libs/exploration/src/search/reduction/reduction.js';
import { deadlockPairs, waitingWriters } from '../deadlocks/programs.js';
import { buildGenerated, generatedProgram } from '../random/programs.js';
import { PROGRAMS } from './reduction/programs.js';
import { tasksIn } from './reduction/told.js';

/** States that are looked at per program, and states of the others' runs from each. */
const STATES = 60;
const AHEAD = 60;
const RUNS = Number(process.env['STUBBORN_RUNS'] ?? 40);

type State = readonly number[];

class Trial {
  private readonly machine: Machine;
  private readonly size: number;

  constructor(program: Program) {
    const tables = tablesOf(program);
    this.machine = new Machine(tables);
    this.size = tables.layout.slots.length;
  }

  /** What is wrong in the states of the program: nothing. */
  faults(): string[] {
    const found: string[] = [];
    const reduction = new Reduction(this.machine);
    this.machine.reset();
    const states = this.reachable(this.stateOf(this.machine), 0, STATES);
    states.forEach((state, number) => {
      const candidates = this.candidatesOf(state);
      const chosen = reduction.choose(candidates);
      if (chosen === candidates || this.stepsOf(state, chosen).some(({ to }) => to === 'fails'))
        return;
      found.push(...this.lost(state, chosen).map((what) => `state ${number}: ${what}`));
    });
    return found;
  }

  /** States that runs lead to in which some tasks take no step. */
  private reachable(from: State, still: number, most: number): State[] {
    const seen = new Map([[from.join(), from]]);
    for (const state of seen.values())
      for (const { to } of this.stepsOf(state, this.candidatesOf(state) & ~still))
        if (typeof to === 'object' && seen.size < most) seen.set(to.join(), to);
    return [...seen.values()];
  }

  /** Steps of the chosen that runs of the others would change. */
  private lost(from: State, chosen: number): string[] {
    for (const state of this.reachable(from, chosen, AHEAD)) {
      const candidates = this.candidatesOf(state);
      if ((candidates & chosen) !== chosen)
        return [
          `only ${tasksIn(candidates & chosen).join()} of ${tasksIn(chosen).join()} can step later on`,
        ];
      const steps = this.stepsOf(state, chosen);
      for (const other of this.stepsOf(state, candidates & ~chosen)) {
        const wrong = steps.find((own) => !this.commute(state, own, other));
        if (wrong !== undefined) return [`${wrong.task} and ${other.task} do not commute`];
      }
    }
    return [];
  }

  /** A step past a bound ends the search, whatever else there is. */
  private commute(from: State, own: Step, other: Step): boolean {
    return own.to === 'bound' || this.both(from, own, other) === this.both(from, other, own);
  }

  /** What comes of one step after the other: a state, a failure of one of them, or a run past a bound. */
  private both(from: State, first: Step, second: Step): string {
    let state = from;
    for (const { task, fault } of [first, second]) {
      const to = this.take(state, task, fault);
      if (to === 'fails') return `${task} fails`;
      if (to === 'bound') return to;
      state = to;
    }
    return state.join();
  }

  private stepsOf(state: State, tasks: number): Step[] {
    return tasksIn(tasks).flatMap((task) => {
      this.machine.load(Int32Array.from(state));
      const faults = this.machine.faultArmed(task) ? [false, true] : [false];
      return faults.map((fault) => ({ task, fault, to: this.take(state, task, fault) }));
    });
  }

  private take(state: State, task: number, fault: boolean): State | 'fails' | 'bound' {
    const { machine } = this;
    machine.load(Int32Array.from(state));
    if ((machine.candidates() & (1 << task)) === 0) return 'fails';
    try {
      return machine.step(task, fault) ? this.stateOf(machine) : 'fails';
    } catch (error) {
      if (error instanceof BoundExceeded) return 'bound';
      throw error;
    }
  }

  private candidatesOf(state: State): number {
    this.machine.load(Int32Array.from(state));
    return this.machine.candidates();
  }

  private stateOf({ state }: Machine): State {
    return Array.from(state.slice(0, this.size));
  }
}

interface Step {
  readonly task: number;
  readonly fault: boolean;
  readonly to: State | 'fails' | 'bound';
}

it.each(PROGRAMS)('what is chosen is enough: %s', (_, program) => {
  expect(new Trial(program).faults()).toEqual([]);
});

it('what is chosen is enough beside pairs of waits', () => {
  for (const { title, program } of [...deadlockPairs(), ...waitingWriters()].filter(
    (_, i) => i % 7 === 0,
  ))
    expect([title, new Trial(program).faults()]).toEqual([title, []]);
});

it(`what is chosen is enough in ${RUNS} random programs`, () => {
  fc.assert(
    fc.property(generatedProgram, (spec) => {
      const program = buildGenerated(spec);
      if (program === undefined || !canReduce(program)) return;
      expect(new Trial(program).faults()).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});
