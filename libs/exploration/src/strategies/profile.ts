/**
 * What a strategy may know of a program beforehand, by one frozen rule: the rw/1 runs of seeds 0 to 15, without those
 * that were cut unless all were; of every number the largest over these runs. So it is a function of the program alone,
 * and never of seeds that ran earlier. Numbers are estimates: no strategy may rely on them for anything but weights.
 */
import {
  at,
  isFreeOf,
  isWrite,
  Machine,
  nextFootprint,
  NOTHING,
  objectTouched,
  slotTouched,
  tablesOf,
  type Program,
} from '@lastref/kernel';
import { EXPLORATION_LIMITS } from '../limits.js';
import { Runner } from '../sampling/runner.js';
import { RandomWalk } from './random-walk.js';
import { isForced } from './seeded.js';

/** Seeds 0 to this minus one are profiled. Frozen: it is part of the meaning of every strategy's version. */
const PROFILED_SEEDS = 16;

/** A location that several tasks touch. Freeing its object counts as an access. */
export interface Location {
  readonly slot: number;
  /** Object whose field it is, 0 for statics. */
  readonly object: number;
  readonly written: boolean;
  /** Accesses per task. */
  readonly accesses: readonly number[];
}

export interface Profile {
  /** Tasks and workers that take steps, at least one. */
  readonly tasks: number;
  /** Steps at which more than one task could run, at least one. */
  readonly contested: number;
  /** Steps per task. */
  readonly steps: readonly number[];
  /** In order of their slots. */
  readonly locations: readonly Location[];
}

const profiles = new WeakMap<Program, Profile>();

export function profileOf(program: Program): Profile {
  let profile = profiles.get(program);
  if (profile === undefined) {
    profile = measure(program);
    profiles.set(program, profile);
  }
  return profile;
}

function measure(program: Program): Profile {
  const machine = new Machine(tablesOf(program));
  const walk = new ProfilingWalk();
  const runner = new Runner(machine, walk);
  const runs = Array.from({ length: PROFILED_SEEDS }, (_, seed) => {
    walk.clear(machine.taskCount);
    const end = runner.run(seed);
    return { cut: end === 'cut', contested: walk.contested, prints: walk.prints };
  });
  const whole = runs.filter(({ cut }) => !cut);
  const used = whole.length === 0 ? runs : whole;
  const steps = used.reduce<readonly number[]>(
    (sum, { prints }) =>
      larger(
        sum,
        prints.map((list) => list.length),
      ),
    [],
  );
  const contested = Math.max(1, ...used.map((run) => run.contested));
  return {
    tasks: Math.max(1, steps.filter((n) => n > 0).length),
    contested: Math.min(contested, EXPLORATION_LIMITS.contested),
    steps,
    locations: merged(used.map(({ prints }) => locationsOf(prints))),
  };
}

const larger = (a: readonly number[], b: readonly number[]): number[] =>
  b.map((value, i) => Math.max(value, a[i] ?? 0));

/** The uniform walk, writing down what each task touches. */
class ProfilingWalk extends RandomWalk {
  contested = 0;
  /** Footprints in order, per task. */
  prints: number[][] = [];

  clear(tasks: number): void {
    this.contested = 0;
    this.prints = Array.from({ length: tasks }, () => []);
  }

  override pick(machine: Machine, candidates: number): number {
    if (!isForced(candidates)) this.contested++;
    const task = super.pick(machine, candidates);
    at(this.prints, task).push(nextFootprint(machine, task));
    return task;
  }
}

function locationsOf(prints: readonly (readonly number[])[]): Map<number, Location> {
  const locations = new Map<number, Location>();
  for (const print of prints.flat()) {
    const slot = slotTouched(print);
    const known = locations.get(slot);
    if (print === NOTHING || known?.written === true) continue;
    if (known !== undefined && !isWrite(print)) continue;
    const object = objectTouched(print);
    const accesses = prints.map(
      (list) => list.filter((p) => slotTouched(p) === slot || isFreeOf(p, object)).length,
    );
    locations.set(slot, { slot, object, written: isWrite(print), accesses });
  }
  return locations;
}

function merged(runs: readonly Map<number, Location>[]): Location[] {
  const all = new Map<number, Location>();
  for (const [slot, location] of runs.flatMap((run) => [...run])) {
    const known = all.get(slot);
    all.set(slot, {
      ...location,
      written: location.written || (known?.written ?? false),
      accesses: larger(known?.accesses ?? [], location.accesses),
    });
  }
  return [...all.values()].sort((a, b) => a.slot - b.slot);
}
