/**
 * Which objects some tasks can come to touch, in some states of small programs: reach.golden.txt has them, by what the tasks
 * do touch, and if they could touch all or nothing. One that is missing there is taken for private.
 */
import { layersOf, visitSets } from './layers.js';
import { PROGRAMS } from './programs.js';
import { expectGolden, maskTold, once } from './told.js';

const STATES = 30;

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const layers = layersOf(program);
    const { reach, outsiders, effects, machine } = layers;
    const { objects, tasks } = machine.tables.layout;
    const everything = effects.none().fill(-1);
    const reached = (moving: number, touched: typeof everything): string =>
      objects
        .flatMap((_, number) => (reach.has(number, moving, touched) ? [number] : []))
        .join(' ');
    const everybody = (1 << tasks.length) - 1;
    const found: string[] = [title];
    visitSets(
      layers,
      (_, task) => {
        const others = everybody & ~(1 << task);
        found.push(
          `  ${task} still: ${reached(outsiders.moving, outsiders.all)} by ${maskTold(outsiders.moving)}, ` +
            `${reached(others, everything)} by all, ${reached(others, effects.none())} by hand`,
        );
      },
      STATES,
    );
    return once(found);
  });
  expectGolden('reach', lines);
});
