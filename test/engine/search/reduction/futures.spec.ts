/**
 * What a task can still touch from each operation on, and less of it where some locks stay held: futures.golden.txt has it.
 */
import { tablesOf, type Program } from '@lastref/kernel';
import { EffectBits } from '../../../../libs/exploration/src/search/reduction/effect-bits.js';
import type { Frozen } from '../../../../libs/exploration/src/search/reduction/frozen-locks.js';
import { Futures } from '../../../../libs/exploration/src/search/reduction/futures.js';
import { PROGRAMS } from './programs.js';
import { bitsIn, expectGolden, placeTold } from './told.js';

const FREE: Frozen = { exclusive: 0, shared: 0 };

/** Each class of locks held in each way, by itself. */
const frozenOf = (program: Program): readonly (readonly [string, Frozen])[] =>
  tablesOf(program).lockClasses.flatMap(({ name }, cls) => [
    [`${name} held`, { exclusive: 1 << cls, shared: 0 }] as const,
    [`${name} read`, { exclusive: 0, shared: 1 << cls }] as const,
  ]);

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const effects = new EffectBits(program);
    const futures = new Futures(tablesOf(program), effects);
    const told = bitsIn(effects);
    const from = (pc: number, frozen: Frozen): string => told(futures.under(frozen).from(pc));
    const queues = program.types.flatMap(({ kind, name }, type) =>
      kind === 'workqueue' ? [{ name, type }] : [],
    );
    return [
      title,
      ...program.code.map((_, pc) => `  from ${placeTold(program, pc)}: ${from(pc, FREE)}`),
      ...queues.map(({ name, type }) => `  of ${name}: ${told(futures.under(FREE).ofIdle(type))}`),
      ...frozenOf(program).flatMap(([how, frozen]) =>
        program.code.flatMap((_, pc) =>
          from(pc, frozen) === from(pc, FREE)
            ? []
            : [`  ${how}, from ${placeTold(program, pc)}: ${from(pc, frozen)}`],
        ),
      ),
    ];
  });
  expectGolden('futures', lines);
});

it('are computed once for each set of locks', () => {
  for (const [, program] of PROGRAMS) {
    const futures = new Futures(tablesOf(program), new EffectBits(program));
    const all = [
      { exclusive: 0, shared: 0 },
      { exclusive: 1, shared: 0 },
      { exclusive: 0, shared: 1 },
      { exclusive: 1, shared: 1 },
    ].map((frozen) => futures.under(frozen));
    expect(new Set(all).size).toBe(all.length);
    expect(futures.under({ exclusive: 1, shared: 1 })).toBe(all[3]);
    expect(futures.under({ exclusive: 1, shared: 0 })).toBe(all[1]);
    const [free] = all;
    expect(free?.from(1)).toBe(free?.from(1));
    const queue = program.types.findIndex(({ kind }) => kind === 'workqueue');
    if (queue >= 0) expect(free?.ofIdle(queue)).toBe(free?.ofIdle(queue));
  }
});
