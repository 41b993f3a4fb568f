/**
 * How tasks stand in the states of small programs, and what can make those move that cannot move now: standing.golden.txt
 * has it, as `*` what is waited for where nobody in particular holds it. A wait that is missing there is a task that a
 * reduction forgets.
 */
import { EffectBits } from '../../../../libs/exploration/src/search/reduction/effect-bits.js';
import { Standing } from '../../../../libs/exploration/src/search/reduction/standing.js';
import { PROGRAMS } from './programs.js';
import { bitsIn, expectGolden, maskTold, once, placeTold, visitStates } from './told.js';

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const effects = new EffectBits(program);
    const told = bitsIn(effects);
    const found: string[] = [];
    visitStates(program, (machine) => {
      const standing = new Standing(machine, effects);
      const candidates = machine.candidates();
      machine.tables.layout.tasks.forEach(({ name }, task) => {
        const pc = standing.pc(task);
        const starts = standing.startsAt(task);
        const idle = standing.idleOn(task);
        const place = [
          placeTold(program, pc),
          ...(starts === pc ? [] : [`starts at ${starts}`]),
          ...(idle < 0 ? [] : [`idle on ${program.types[idle]?.name}`]),
        ].join(', ');
        if ((candidates & (1 << task)) !== 0) {
          found.push(`  ${name}, ${place}`);
          return;
        }
        const wait = standing.wait(task);
        const moves =
          wait === null
            ? 'never moves'
            : `moves after ${maskTold(wait.holders)}, or ${told(wait.effect)}`;
        found.push(`  ${name}, ${place}: ${moves}`);
      });
    });
    return [title, ...once(found).sort()];
  });
  expectGolden('standing', lines);
});
