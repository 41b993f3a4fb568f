/** What a step on one object touches where that object is private: private-steps.golden.txt has it. */
import { EffectBits } from '../../../../libs/exploration/src/search/reduction/effect-bits.js';
import { privateStep } from '../../../../libs/exploration/src/search/reduction/private-steps.js';
import { PROGRAMS } from './programs.js';
import { bitsIn, expectGolden, placeTold } from './told.js';

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const effects = new EffectBits(program);
    const told = bitsIn(effects);
    return [
      title,
      ...program.code.flatMap((_, pc) => {
        const own = privateStep(program, effects, pc);
        return own === null
          ? []
          : [`  ${placeTold(program, pc)}: by local ${own.local}, ${told(own.effect)}`];
      }),
    ];
  });
  expectGolden('private-steps', lines);
});
