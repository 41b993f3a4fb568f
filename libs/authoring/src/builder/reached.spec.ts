/** Code that control never reaches would vanish without a word. */
import { built, device_open, errorOf, IN_DEVICE_OPEN, listing } from '../small.fixture.js';
import { fn } from '../language/fn.js';
import { statics } from '../language/globals.js';
import { flag } from '../language/struct.js';
import type { FunctionBuilder } from './function-builder.js';

const { x, y, z } = statics({ x: flag(), y: flag(), z: flag() });
const helper = fn('helper', 'a.c', (f) => {
  f.set_bit(y);
});

describe('what stands where control never comes is an error', () => {
  it.each<[string, string, (f: FunctionBuilder) => void]>([
    [
      'a step',
      'f.return',
      (f) => {
        f.set_bit(x);
      },
    ],
    [
      'a condition',
      'f.return',
      (f) => {
        f.ignore(f.test_bit(x));
      },
    ],
    [
      'a call',
      'f.return',
      (f) => {
        f.call(helper);
      },
    ],
    [
      'another return',
      'f.return',
      (f) => {
        f.return();
      },
    ],
    [
      'a milestone',
      'f.return',
      (f) => {
        f.milestone('late');
      },
    ],
    [
      'a loop',
      'f.return',
      (f) => {
        f.while(
          () => f.test_bit(x),
          () => undefined,
        );
      },
    ],
  ])('%s', (_, how, late) => {
    const spec = device_open((f) => {
      f.set_bit(x);
      f.return();
      late(f);
    });
    expect(errorOf(spec)).toContain(
      `${IN_DEVICE_OPEN}this is never reached: it stands behind ${how} (`,
    );
  });

  it('behind f.stay, and in the caller of a function that stays', () => {
    const stays = fn('stays', 'a.c', (f) => {
      f.set_bit(x);
      f.stay();
    });
    const spec = device_open((f) => {
      f.call(stays);
      f.set_bit(y);
    });
    expect(errorOf(spec)).toContain('never reached: it stands behind f.stay');
  });

  it('behind an if whose branches both return', () => {
    const spec = device_open((f) => {
      f.if(
        f.test_bit(x),
        () => {
          f.return();
        },
        () => {
          f.set_bit(y);
          f.return();
        },
      );
      f.set_bit(z);
    });
    expect(errorOf(spec)).toContain('never reached');
  });
});

describe('goto', () => {
  it('leads forwards, past what stands between', () => {
    const program = built(
      device_open((f) => {
        f.if(f.test_bit(x), () => {
          f.goto('out');
        });
        f.set_bit(y);
        f.label('out');
        f.set_bit(z);
      }),
    );
    expect(listing(program).slice(1)).toEqual([
      '1: test_bit -1,0 -> 2|3',
      '2: store -1,2,0,1 -> 0',
      '3: store -1,1,0,1 -> 2',
    ]);
  });

  it('unwinds as error paths do, each label falling into the next', () => {
    const program = built(
      device_open((f) => {
        f.if(f.test_bit(x), () => {
          f.goto('err_first');
        });
        f.if(f.test_bit(y), () => {
          f.goto('err_second');
        });
        f.return();
        f.label('err_second');
        f.clear_bit(y);
        f.label('err_first');
        f.clear_bit(x);
      }),
    );
    expect(listing(program).slice(1)).toEqual([
      '1: test_bit -1,0 -> 2|3',
      '2: store -1,0,0,0 -> 0',
      '3: test_bit -1,1 -> 4|0',
      '4: store -1,1,0,0 -> 2',
    ]);
  });

  it('marks a loop head where it leads backwards, and only there', () => {
    const program = built(
      device_open((f) => {
        f.label('again');
        f.ignore(f.test_bit(x));
        f.unless(f.test_bit(y), () => {
          f.goto('again');
        });
        f.if(f.test_bit(x), () => {
          f.goto('out');
        });
        f.set_bit(z);
        f.label('out');
        f.clear_bit(z);
      }),
    );
    expect(listing(program).filter((line) => line.endsWith('head'))).toEqual([
      '1: test_bit -1,0 -> 2|2 head',
    ]);
  });

  it('to no label is an error that names the goto', () => {
    const spec = device_open((f) => {
      f.if(f.test_bit(x), () => {
        f.goto('owt');
      });
      f.set_bit(y);
      f.label('out');
      f.set_bit(z);
    });
    expect(errorOf(spec)).toMatch(
      /no label 'owt' in this function; did you mean 'out'\? \(.*reached\.spec\.ts:\d+:\d+\)$/,
    );
  });

  it('does not reach the labels of another function', () => {
    const jumps = fn('jumps', 'a.c', (f) => {
      f.goto('out');
    });
    const spec = device_open((f) => {
      f.call(jumps);
      f.label('out');
      f.set_bit(x);
    });
    expect(errorOf(spec)).toContain(
      'jumps (a.c) < device_open (drivers/device.c) < open: no label',
    );
  });

  it('a label that nothing leads to is an error', () => {
    const spec = device_open((f) => {
      f.set_bit(x);
      f.return();
      f.label('out');
      f.set_bit(y);
    });
    expect(errorOf(spec)).toContain(`${IN_DEVICE_OPEN}label 'out' is never reached`);
  });

  it('two labels of one name are an error', () => {
    const spec = device_open((f) => {
      f.label('out');
      f.set_bit(x);
      f.label('out');
    });
    expect(errorOf(spec)).toContain("label 'out' exists already");
  });
});
