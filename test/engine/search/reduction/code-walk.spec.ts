/** Which operations are one step, and where it can arrive, by code written out: 0 ends, `local` operations are fused. */
import type { OpDecl, Program } from '@lastref/kernel';
import {
  arrivals,
  entryOfWork,
  fused,
} from '../../../../libs/exploration/src/search/reduction/code-walk.js';
import { PROGRAMS } from './programs.js';

const op = (name: string, next: number, alt?: number): OpDecl => ({
  op: name,
  args: [],
  next,
  frame: 0,
  ...(alt === undefined ? {} : { alt }),
});
const programOf = (...code: readonly OpDecl[]): Program => {
  const [, program] = PROGRAMS[0] ?? [];
  if (program === undefined) throw new Error('there is a program');
  return { ...program, code };
};
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

describe('a walk over local operations', () => {
  const program = programOf(
    op('end', 0),
    op('load', 2),
    op('test', 3, 4),
    op('set', 5),
    op('store', 0),
    op('test', 2, 6),
    op('set', 0),
  );

  it('ends at once before an operation of its own', () => {
    expect(fused(program, 1)).toEqual({ locals: [], arrives: [1] });
    expect(fused(program, 0)).toEqual({ locals: [], arrives: [0] });
  });

  it('follows both ways, passes a loop once, and ends at the end of the body', () => {
    const { locals, arrives } = fused(program, 2);
    expect(sorted(locals)).toEqual([2, 3, 5, 6]);
    expect(sorted(arrives)).toEqual([0, 4]);
  });

  it('arrives where what is behind the step leads', () => {
    expect(sorted(arrivals(program, 1))).toEqual([0, 4]);
    expect(arrivals(program, 4)).toEqual([0]);
    expect(
      sorted(arrivals(programOf(op('end', 0), op('mutex_trylock', 0, 2), op('load', 0)), 1)),
    ).toEqual([0, 2]);
  });
});

it('an item begins at the entry of its function', () => {
  const program: Program = {
    ...programOf(op('end', 0), op('load', 0), op('load', 0)),
    bodies: [
      { name: 'first', entry: 1, locals: [] },
      { name: 'second', entry: 2, locals: [] },
    ],
    works: [
      { name: 'two', body: 1 },
      { name: 'one', body: 0 },
    ],
  };
  expect([0, 1].map((work) => entryOfWork(program, work))).toEqual([2, 1]);
});
