import { fn, int, signed, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

const { got, x } = statics({ got: signed(-8, 8), x: int(4) });

const computed = (body: (f: FunctionBuilder) => void): number => ranAlone(body)('got');

describe('integers of a task', () => {
  it.each([
    [2, 3, 5, -1],
    [-2, -3, -5, 1],
    [4, -4, 0, 8],
  ])('%d and %d add up to %d and differ by %d', (left, right, sum, difference) => {
    expect(
      computed((f) => {
        const to = f.var('to', 8, 0, -8);
        f.add(to, left, right);
        f.store(got, to);
      }),
    ).toBe(sum);
    expect(
      computed((f) => {
        const to = f.var('to', 8, 0, -8);
        f.sub(to, left, right);
        f.store(got, to);
      }),
    ).toBe(difference);
  });

  it.each([
    [
      'sum',
      (f: FunctionBuilder) => {
        f.add(f.var('to', 4, 0, -4), 3, 2);
      },
    ],
    [
      'sum',
      (f: FunctionBuilder) => {
        f.add(f.var('to', 4, 0, -4), -3, -2);
      },
    ],
    [
      'difference',
      (f: FunctionBuilder) => {
        f.sub(f.var('to', 4, 0, -4), 3, -2);
      },
    ],
    [
      'difference',
      (f: FunctionBuilder) => {
        f.sub(f.var('to', 4, 0, -4), -3, 2);
      },
    ],
  ])('a %s past the range of its variable is an error, no verdict', (_what, body) => {
    expect(() => computed(body)).toThrow('bound exceeded');
  });

  /** Held of (1, 2), (2, 2) and (2, 1). */
  it.each([
    ['eq', false, true, false],
    ['ne', true, false, true],
    ['lt', true, false, false],
    ['le', true, true, false],
  ] as const)('%s holds below: %s, of equals: %s, above: %s', (name, ...expected) => {
    const pairs = [
      [1, 2],
      [2, 2],
      [2, 1],
    ] as const;
    const held = pairs.map(([left, right]) =>
      computed((f) => {
        f.if(
          f[name](f.var('left', 2, left), right),
          () => {
            f.store(got, 1);
          },
          () => {
            f.store(got, 2);
          },
        );
      }),
    );
    expect(held.map((one) => one === 1)).toEqual(expected);
  });
});

describe('checks', () => {
  const checked = (body: (f: FunctionBuilder) => void): readonly string[] =>
    proveTiny({
      given: (f) => {
        f.store(x, 2);
      },
      tasks: [
        task('1', (f) => {
          f.call(fn('checks', 'a.c', body));
        }),
      ],
    }).failures;

  const FAILED = ['invariant@checks(x is right)'];

  it.each([
    ['==', FAILED, [], FAILED],
    ['!=', [], FAILED, []],
    ['<', FAILED, FAILED, []],
    ['<=', FAILED, [], []],
  ] as const)('a field of 2 is compared by %s with 1, 2 and 3', (comparison, ...expected) => {
    const found = [1, 2, 3].map((value) =>
      checked((f) => {
        f.check('x is right', x, comparison, value);
      }),
    );
    expect(found).toEqual(expected);
  });

  it('an invariant fails of zero and of nothing else', () => {
    const found = [0, 1, 2].map((value) =>
      checked((f) => {
        f.invariant('x is right', value);
      }),
    );
    expect(found).toEqual([FAILED, [], []]);
  });

  it('a busy pool fails always', () => {
    expect(
      checked((f) => {
        f.busy_pool('commands');
      }),
    ).toHaveLength(1);
  });
});

it('a task that stays stays for good, which is no failure', () => {
  const { failures, complete } = proveTiny({
    tasks: [
      task('1', (f) => {
        f.stay();
      }),
    ],
  });
  expect([failures, complete]).toEqual([[], true]);
});
