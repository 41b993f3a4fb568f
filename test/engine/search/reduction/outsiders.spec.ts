/**
 * Which tasks can move while one does not, and what they may touch, in some states of small programs: outsiders.golden.txt
 * has it. What is missing there is a step that the reduction does not reckon with.
 */
import { layersOf, visitSets } from './layers.js';
import { PROGRAMS } from './programs.js';
import { bitsIn, expectGolden, maskTold, tasksIn } from './told.js';

const STATES = 7;

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const layers = layersOf(program);
    const { outsiders, effects } = layers;
    const told = bitsIn(effects);
    const found = [title];
    visitSets(
      layers,
      (state, task, waiting) => {
        const { moving, all, future } = outsiders;
        found.push(
          `  ${state}, ${task}${waiting < 0 ? '' : ` and ${waiting}`} still: ${maskTold(moving)} move, ${told(all)}`,
          ...tasksIn(moving)
            .map((one) => ({ one, may: told(future[one] ?? effects.none()) }))
            .filter(({ may }) => may !== told(all))
            .map(({ one, may }) => `    ${one}: ${may}`),
        );
      },
      STATES,
    );
    return found;
  });
  expectGolden('outsiders', lines);
});
