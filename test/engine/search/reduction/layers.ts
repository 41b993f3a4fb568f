/** The parts of a reduction that work on a state, put together as the reduction does. */
import { Machine, tablesOf, type Program } from '@lastref/kernel';
import { EffectBits } from '../../../../libs/exploration/src/search/reduction/effect-bits.js';
import { Futures } from '../../../../libs/exploration/src/search/reduction/futures.js';
import { Outsiders } from '../../../../libs/exploration/src/search/reduction/outsiders.js';
import { OwnSteps } from '../../../../libs/exploration/src/search/reduction/own-steps.js';
import { Reach } from '../../../../libs/exploration/src/search/reduction/reach.js';
import { Standing, type Wait } from '../../../../libs/exploration/src/search/reduction/standing.js';
import { tasksIn, visitStates } from './told.js';

export interface Layers {
  readonly machine: Machine;
  readonly effects: EffectBits;
  readonly standing: Standing;
  readonly outsiders: Outsiders;
  readonly own: OwnSteps;
  readonly reach: Reach;
}

export function layersOf(program: Program): Layers {
  const machine = new Machine(tablesOf(program));
  const effects = new EffectBits(program);
  const standing = new Standing(machine, effects);
  const outsiders = new Outsiders(machine, effects, new Futures(machine.tables, effects), standing);
  const own = new OwnSteps(machine, effects, outsiders);
  return { machine, effects, standing, outsiders, own, reach: new Reach(machine, effects) };
}

/**
 * Some states of the program, with each of their candidates as a set by itself, and with each task that waits: what the
 * others can do is computed then.
 */
export function visitSets(
  layers: Layers,
  visit: (state: number, task: number, waiting: number) => void,
  most: number,
): void {
  const { machine, standing, outsiders } = layers;
  visitStates(
    machine.tables.program,
    (shown, state) => {
      machine.load(shown.state);
      const candidates = machine.candidates();
      const waits = machine.tables.layout.tasks.map((_, task): Wait | null =>
        (candidates & (1 << task)) === 0 ? standing.wait(task) : null,
      );
      for (const task of tasksIn(candidates)) {
        outsiders.compute(1 << task, candidates, waits);
        visit(state, task, -1);
        waits.forEach((wait, waiting) => {
          if (wait === null) return;
          outsiders.compute((1 << task) | (1 << waiting), candidates, waits);
          visit(state, task, waiting);
        });
      }
    },
    most,
  );
}
