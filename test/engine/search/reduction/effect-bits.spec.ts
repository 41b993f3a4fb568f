/**
 * What each operation touches, by itself and as a step, where it fails, and what a worker touches that takes an item:
 * effect-bits.golden.txt has it.
 */
import { EffectBits } from '../../../../libs/exploration/src/search/reduction/effect-bits.js';
import { PROGRAMS } from './programs.js';
import { bitsIn, expectGolden, placeTold } from './told.js';

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const effects = new EffectBits(program);
    const told = bitsIn(effects);
    return [
      `${title}, ${effects.words} words`,
      ...program.code.map((_, pc) => {
        const [op, step, failing] = [effects.op, effects.step, effects.failing].map((of) =>
          told(of[pc] ?? effects.none()),
        );
        const as = step === op ? '' : `; as a step ${step}`;
        return `  ${placeTold(program, pc)}: ${op}${as}; failing ${failing}`;
      }),
      ...effects.take.map((bits, type) => `  takes ${program.types[type]?.name}: ${told(bits)}`),
    ];
  });
  expectGolden('effect-bits', lines);
});

it('a resource that no operation touches has no number, and writing it is no effect', () => {
  const [, program] = PROGRAMS[0] ?? [];
  if (program === undefined) throw new Error('there is a program');
  const effects = new EffectBits(program);
  expect(effects.numberOf('static 999')).toBe(-1);
  expect(effects.writing('static 999')).toEqual(effects.none());
});

it('a program without effects has a word all the same', () => {
  const [, program] = PROGRAMS[0] ?? [];
  if (program === undefined) throw new Error('there is a program');
  const end = { op: 'end', args: [], next: 0, frame: -1 };
  const effects = new EffectBits({ ...program, types: [], code: [end] });
  expect([effects.words, effects.none()]).toEqual([1, new Int32Array(2)]);
});
