/**
 * What the step of one task touches that the others could notice, in some states of small programs: own-steps.golden.txt has
 * it, in brackets where another task waits for this one. What is missing there is a step that does not commute.
 */
import { layersOf, visitSets } from './layers.js';
import { PROGRAMS } from './programs.js';
import { bitsIn, expectGolden, once, placeTold } from './told.js';

const STATES = 40;

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const layers = layersOf(program);
    const { own, standing, effects } = layers;
    const told = bitsIn(effects);
    const found = [title];
    visitSets(
      layers,
      (_, task) => {
        const pc = standing.pc(task);
        const idle = standing.idleOn(task);
        const alone = told(own.of(task, pc, idle, false));
        const awaited = told(own.of(task, pc, idle, true));
        const more = awaited === alone ? '' : ` (${awaited})`;
        found.push(`  ${task} at ${placeTold(program, pc)}: ${alone}${more}`);
      },
      STATES,
    );
    return once(found);
  });
  expectGolden('own-steps', lines);
});
