/** Nothing is forgotten: every operation comes up in generated programs, and every wait of theirs in a deadlock program. */
import { StateGraph } from '@lastref/exploration';
import { BoundExceeded, holdersOf, specOf, suspended, type Program } from '@lastref/kernel';
import fc from 'fast-check';
import { deadlockPairs, waitingWriters } from '../deadlocks/programs.js';
import { PLACEMENT } from './placement.js';
import { buildGenerated, generatedProgram } from './programs.js';

const PROGRAMS = 800;
const MAX_STATES = 600;

/** Two, so that waits of tasks for tasklets, which are rare, are among them. */
const SEEDS = [1, 4];

const sample = SEEDS.flatMap((seed) =>
  fc.sample(generatedProgram, { numRuns: PROGRAMS, seed }),
).flatMap((spec) => buildGenerated(spec) ?? []);

it('every operation of the kernel stands in some generated program', () => {
  const found = new Set(sample.flatMap(({ code }) => code.map(({ op }) => op)));
  expect([...found].sort()).toEqual([...PLACEMENT.keys()].sort());
});

/**
 * Whoever these wait for waits for spinning locks only, whose holders must not sleep: readers for a grace period, and functions
 * of tasklets.
 */
const IN_NO_CYCLE = ['synchronize_rcu_wait', 'tasklet_disable_wait', 'tasklet_kill_wait'];

it('where tasks of generated programs wait for known holders, a deadlock program waits too', () => {
  const [generated, tabled] = [new Set<string>(), new Set<string>()];
  for (const program of sample) noteWaits(program, generated);
  for (const { program } of [...deadlockPairs(), ...waitingWriters()]) noteWaits(program, tabled);
  expect(generated.size).toBeGreaterThan(5);
  expect(
    [...generated].filter((wait) => !tabled.has(wait) && !turnsOffInterrupts(wait)).sort(),
  ).toEqual(IN_NO_CYCLE);
});

/** Those stand in no deadlock program; their waits are a spinlock's. */
const turnsOffInterrupts = (op: string): boolean =>
  specOf(op).operands.some(({ is }) => is === 'ambient');

/** Adds the operations at which, in some state of the program, a task waits for another that is known to hold something. */
function noteWaits(program: Program, waits: Set<string>): void {
  const graph = new StateGraph(program);
  const { machine, store } = graph;
  try {
    for (let state = 0; state < Math.min(store.count, MAX_STATES); state++) {
      graph.expand(state, {});
      graph.restore(state);
      for (let task = 0; task < machine.taskCount; task++) {
        // What interrupts a task keeps it waiting wherever it stands.
        if ((suspended(machine) & (1 << task)) !== 0 || holdersOf(machine, task) === 0) continue;
        const op = program.code[machine.state[machine.pcSlot[task] ?? -1] ?? -1]?.op;
        if (op !== undefined) waits.add(op);
      }
    }
  } catch (error) {
    if (!(error instanceof BoundExceeded)) throw error;
  }
}
