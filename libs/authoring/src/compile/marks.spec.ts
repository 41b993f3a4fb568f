/** A label marks the next step of its own path, whatever was emitted next. */
import {
  errorOf,
  built,
  device_open,
  IN_DEVICE_OPEN,
  listing,
  type SmallCase,
} from '../small.fixture.js';
import type { FunctionBuilder } from '../builder/function-builder.js';
import { fn } from '../language/fn.js';
import { statics } from '../language/globals.js';
import { task } from '../language/scenario.js';
import { flag, int } from '../language/struct.js';

const { x, y, z, n } = statics({ x: flag(), y: flag(), z: flag(), n: int(3) });

const reaching = (labels: string[], body: (f: FunctionBuilder) => void): SmallCase => ({
  ...device_open(body),
  reaches: labels,
});
const code = (spec: SmallCase): string[] => listing(built(spec)).slice(1);

describe('a milestone', () => {
  it('on a straight path marks the next step, over what costs none', () => {
    const spec = reaching(['here'], (f) => {
      f.milestone('here');
      const value = f.var('value', 3, 2);
      f.store(n, value);
    });
    expect(code(spec)).toEqual([
      '1: set 0,0,2 -> 2',
      '2: store -1,0,1,0 -> 3 [here]',
      '3: zero 0 -> 0',
    ]);
  });

  it('at the end of a branch is not the other branch nor what both come to', () => {
    const spec = reaching(['taken'], (f) => {
      f.if(
        f.test_bit(x),
        () => {
          f.milestone('taken');
        },
        () => {
          f.set_bit(z);
        },
      );
      f.set_bit(y);
    });
    expect(code(spec)).toEqual([
      '1: test_bit -1,0 -> 2|3',
      '2: store -1,2,0,1 -> 0 [taken]',
      '3: store -1,1,0,1 -> 4',
      '4: store -1,2,0,1 -> 0',
    ]);
  });

  it('before a return marks what the caller does next on that path', () => {
    const callee = fn('callee', 'a.c', (f) => {
      f.if(f.test_bit(x), () => {
        f.milestone('left');
        f.return();
      });
      f.set_bit(z);
    });
    const spec = reaching(['left'], (f) => {
      f.call(callee);
      f.set_bit(y);
    });
    expect(code(spec)).toEqual([
      '1: test_bit -1,0 -> 2|3',
      '2: store -1,2,0,1 -> 0 [left]',
      '3: store -1,1,0,1 -> 4',
      '4: store -1,2,0,1 -> 0',
    ]);
  });

  it('before a branch on a local marks the first step of both sides', () => {
    const spec = reaching(['seen'], (f) => {
      const value = f.load(n);
      f.milestone('seen');
      f.if(
        value,
        () => {
          f.set_bit(x);
        },
        () => {
          f.set_bit(y);
        },
      );
      f.set_bit(z);
    });
    expect(code(spec).filter((line) => line.includes('[seen]'))).toHaveLength(2);
    expect(code(spec).find((line) => line.includes('-1,3'))).not.toContain('[seen]');
  });

  it('that the case does not name changes nothing', () => {
    const body =
      (labelled: boolean) =>
      (f: FunctionBuilder): void => {
        f.if(f.test_bit(x), () => {
          if (labelled) f.milestone('taken');
        });
        f.set_bit(y);
      };
    expect(code(device_open(body(true)))).toEqual(code(device_open(body(false))));
  });
});

describe('a return to user mode', () => {
  it('at the end of a loop is the next turn, not the step behind the loop', () => {
    const spec = device_open((f) => {
      f.while(
        () => f.test_bit(x),
        () => {
          f.return_to_user();
        },
      );
      f.store(y, 1);
    });
    expect(code(spec)).toEqual([
      '1: test_bit -1,0 -> 2|3 head',
      '2: test_bit -1,0 -> 2|3 yields head',
      '3: store -1,1,0,1 -> 0',
    ]);
  });

  it('with nothing behind it is no mistake: there is no switch to count', () => {
    const spec = device_open((f) => {
      f.set_bit(x);
      f.return_to_user();
    });
    expect(code(spec)).toEqual(['1: store -1,0,0,1 -> 0']);
  });

  it('and a milestone may stand on one step', () => {
    const spec = reaching(['again'], (f) => {
      f.set_bit(x);
      f.return_to_user();
      f.milestone('again');
      f.set_bit(y);
    });
    expect(code(spec)[1]).toBe('2: store -1,1,0,1 -> 0 [again] yields');
  });
});

describe('a label is an error', () => {
  it('where its path ends without a step, though another goes on', () => {
    const spec = reaching(['taken'], (f) => {
      f.if(
        f.test_bit(x),
        () => {
          f.milestone('taken');
        },
        () => {
          f.set_bit(z);
        },
      );
    });
    expect(errorOf(spec)).toMatch(
      /label 'taken' stands on no step: its path ends without one; put it on the last step \(.*marks\.spec\.ts:\d+:\d+\)$/,
    );
  });

  it('on the step of another label of the case', () => {
    const spec = reaching(['one', 'two'], (f) => {
      f.milestone('one');
      f.milestone('two');
      f.set_bit(x);
    });
    expect(errorOf(spec)).toContain(
      `${IN_DEVICE_OPEN}label 'two' and another label of the case stand on one step`,
    );
  });

  it('on f.stay, which takes no step', () => {
    const spec = reaching(['stays'], (f) => {
      f.set_bit(x);
      f.milestone('stays');
      f.stay();
    });
    expect(errorOf(spec)).toContain("label 'stays' stands on f.stay, which takes no step");
  });
});

it('what a task does after a label in a branch is told from what it does without', () => {
  const spec: SmallCase = {
    tasks: [
      task('first', (f) => {
        f.if(f.test_bit(x), () => {
          f.milestone('seen');
        });
        f.set_bit(y);
      }),
      task('second', (f) => {
        f.set_bit(x);
      }),
      task(
        'late',
        (f) => {
          f.set_bit(z);
        },
        { after: 'seen' },
      ),
    ],
  };
  expect(code(spec).filter((line) => line.includes('[seen]'))).toHaveLength(1);
});
