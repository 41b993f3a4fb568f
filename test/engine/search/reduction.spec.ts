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
import { BoundExceeded, kindOf, LimitError, type Program } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import { tiny } from '../support/tiny.js';
import { TRICKY } from './tricky-programs.js';

const SMALL = 30_000;

const said = (result: SearchResult) => {
  const { complete, ends, failures, reports, reached, missed, unexecuted, idleTasks } = result;
  return { complete, ends, failures, reports, reached, missed, unexecuted, idleTasks };
};

/** What the search says; a bound that some run goes past ends it. */
function outcome(program: Program, options: Parameters<typeof prove>[1]): SearchResult | 'bound' {
  try {
    return prove(program, options);
  } catch (error) {
    if (error instanceof BoundExceeded || error instanceof LimitError) return 'bound';
    throw error;
  }
}

/** Checks one program, with and without symmetry. @returns the kinds it shows; undefined where it is too large */
function agrees(program: Program): string[] | undefined {
  const plain = outcome(program, { maxStates: SMALL });
  if (plain === 'bound') {
    expect(outcome(program, { reduce: true })).toBe('bound');
    return ['bound'];
  }
  if (!plain.complete) return undefined;
  for (const symmetry of [false, true]) {
    const whole = symmetry ? prove(program, { symmetry }) : plain;
    const reduced = prove(program, { symmetry, reduce: true });
    expect(said(reduced)).toEqual(said(whole));
    expect(reduced.states).toBeLessThanOrEqual(whole.states);
  }
  return [...plain.failures, ...plain.reports].map(kindOf);
}

describe.each(catalogue().map((a) => `${a.scenario}/${a.variant}/${a.case}`))('%s', (address) => {
  it('has the same verdict, ends, reports and coverage with and without reduction', () => {
    agrees(compileAddress(address));
  });
});

it.each(TRICKY)('loses nothing of %s', (_, spec) => {
  expect(agrees(tiny(spec))).not.toEqual([]);
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
