/** A search by partial-order reduction says what the plain search says, from fewer states. */
import {
  flag,
  mutex,
  statics,
  task,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import { prove, type SearchResult } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { compileAddress, searchable } from '@lastref/scenarios';
import { tiny } from '../support/tiny.js';

const SMALL = 30_000;

const said = (result: SearchResult) => {
  const { complete, ends, failures, reports, reached, missed, unexecuted, idleTasks } = result;
  return { complete, ends, failures, reports, reached, missed, unexecuted, idleTasks };
};

/** Checks one program, with and without symmetry, unless it is too large. */
function expectSame(program: Program): void {
  const plain = prove(program, { maxStates: SMALL });
  if (!plain.complete) return;
  for (const symmetry of [false, true]) {
    const whole = symmetry ? prove(program, { symmetry }) : plain;
    const reduced = prove(program, { symmetry, reduce: true });
    expect(said(reduced)).toEqual(said(whole));
    expect(reduced.states).toBeLessThanOrEqual(whole.states);
  }
}

describe.each(searchable().map((a) => `${a.scenario}/${a.variant}/${a.case}`))('%s', (address) => {
  it('has the same verdict, ends, reports and coverage with and without reduction', () => {
    expectSame(compileAddress(address));
  });
});

describe('lock order', () => {
  const { a, b, side, one, two, three } = statics({
    a: mutex(),
    b: mutex(),
    side: flag(),
    one: flag(),
    two: flag(),
    three: flag(),
  });
  const nested = (f: FunctionBuilder, first: typeof a, second: typeof a): void => {
    f.mutex_lock(first);
    f.mutex_lock(second);
    f.mutex_unlock(second);
    f.mutex_unlock(first);
  };
  const alone = (name: string, bit: typeof side): TaskSpec =>
    task(name, (f) => {
      f.set_bit(bit);
      f.clear_bit(bit);
      f.set_bit(bit);
    });
  const program = tiny({
    tasks: [
      task('this way or that', (f) => {
        f.if(
          f.test_bit(side),
          () => {
            nested(f, a, b);
          },
          () => {
            nested(f, b, a);
          },
        );
      }),
      task('side', (f) => {
        f.set_bit(side);
      }),
      alone('one', one),
      alone('two', two),
      alone('three', three),
    ],
  });

  it('is told by a search without reduction, within a budget of its own', () => {
    const whole = prove(program, { reduce: true });
    expect(whole).toMatchObject({ complete: true, reduced: true, reports: [] });
    const short = prove(program, { reduce: true, maxStates: whole.states });
    expect(short).toMatchObject({ complete: false, frontier: 0, reports: [] });
  });
});
