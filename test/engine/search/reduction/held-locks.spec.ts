/**
 * What a task can hold where it stands: held-locks.golden.txt has it for each operation. A lock missing there is a wait that
 * the reduction takes for harmless.
 */
import { mutex, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { tablesOf, WAYS, type Program } from '@lastref/kernel';
import {
  HeldLocks,
  lockClassAt,
  nodeOf,
  NODES,
} from '../../../../libs/exploration/src/search/reduction/held-locks.js';
import { tiny } from '../../support/tiny.js';
import { PROGRAMS } from './programs.js';
import { expectGolden, placeTold } from './told.js';

const heldAt = (program: Program): readonly string[] => {
  const tables = tablesOf(program);
  const held = new HeldLocks(tables);
  return program.code.map((_, pc) =>
    tables.lockClasses
      .flatMap(({ name }, cls) =>
        WAYS.filter((way) => held.has(pc, nodeOf(way, cls))).map((way) => `${name} ${way}`),
      )
      .join(', '),
  );
};

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const tables = tablesOf(program);
    const about = (pc: number): string => tables.lockClasses[lockClassAt(tables, pc)]?.name ?? '';
    return [
      title,
      ...heldAt(program).flatMap((held, pc) =>
        held === '' && about(pc) === ''
          ? []
          : [`  ${placeTold(program, pc)} ${about(pc)}: holds ${held || 'nothing'}`],
      ),
    ];
  });
  expectGolden('held-locks', lines);
});

it('ways and classes have numbers of their own', () => {
  const numbers = WAYS.flatMap((way) => Array.from({ length: 32 }, (_, cls) => nodeOf(way, cls)));
  expect(numbers).toEqual(Array.from({ length: NODES }, (_, node) => node));
});

describe('a lock that is taken again and given back', () => {
  const { a, b } = statics({ a: mutex(), b: mutex() });
  const heldByOps = (body: (f: FunctionBuilder) => void): string => {
    const program = tiny({ tasks: [task('task', body)] });
    return heldAt(program)
      .flatMap((held, pc) => (program.code[pc]?.op === 'mutex_lock' ? [held || 'nothing'] : []))
      .join('; ');
  };
  const calls = (name: 'mutex_lock' | 'mutex_unlock', times: number) => (f: FunctionBuilder) => {
    for (let i = 0; i < times; i++) f[name](a);
  };
  const after = (taken: number, given: number): string =>
    heldByOps((f) => {
      calls('mutex_lock', taken)(f);
      calls('mutex_unlock', given)(f);
      f.mutex_lock(b);
    })
      .split('; ')
      .at(-1) ?? '';

  it('is held until it was given back as often', () => {
    expect([after(1, 0), after(2, 1)]).toEqual(['a exclusive', 'a exclusive']);
    expect([after(1, 1), after(2, 2)]).toEqual(['nothing', 'nothing']);
    expect(after(1, 2)).toBe('nothing');
  });

  it('may be held for ever where it was taken three times', () => {
    expect([after(3, 3), after(4, 9)]).toEqual(['a exclusive', 'a exclusive']);
  });

  it('is held where one of two ways leads past the taking', () => {
    expect(
      heldByOps((f) => {
        f.if(f.mutex_trylock(a), () => {
          f.mutex_lock(b);
          f.mutex_unlock(b);
        });
        f.mutex_lock(b);
      }),
    ).toBe('a exclusive; a exclusive');
  });
});
