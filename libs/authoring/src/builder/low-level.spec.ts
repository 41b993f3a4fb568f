/** The door for front ends, used as a small compiler of another language uses it. */
import { built, builtWithLines, device_open, errorOf, listing } from '../small.fixture.js';
import { placeOf } from '../compile/source-map.js';
import { statics } from '../language/globals.js';
import { flag, Struct } from '../language/struct.js';
import type { FunctionBuilder } from './function-builder.js';
import { lowLevel, type Exits } from './low-level.js';

class Device extends Struct {
  static override readonly tag = 'device';
  present = flag();
}
const { x, y, z } = statics({ x: flag(), y: flag(), z: flag() });

it('builds a switch with a break out of the middle of a loop', () => {
  const program = built(
    device_open((f) => {
      const low = lowLevel(f);
      const breaks: Exits[] = [];
      const head = low.head();
      const { holds, fails } = low.split(f.test_bit(x));
      low.continueFrom(holds);
      f.set_bit(y);
      breaks.push(low.takeExits());
      expect(low.reachable).toBe(false);
      low.continueFrom(fails);
      f.clear_bit(y);
      low.jumpTo(head);
      low.continueFrom(...breaks);
      f.set_bit(z);
    }),
  );
  expect(listing(program).slice(1)).toEqual([
    '1: test_bit -1,0 -> 2|4 head',
    '2: store -1,1,0,1 -> 3',
    '3: store -1,2,0,1 -> 0',
    '4: store -1,1,0,0 -> 1',
  ]);
});

it('makes a condition of exits', () => {
  const program = built(
    device_open((f) => {
      const low = lowLevel(f);
      const first = low.split(f.test_bit(x));
      low.continueFrom(first.holds);
      const second = low.split(f.test_bit(y));
      f.if(low.condition([second.holds], [first.fails, second.fails]), () => {
        f.set_bit(z);
      });
    }),
  );
  expect(listing(program).slice(1)).toEqual([
    '1: test_bit -1,0 -> 2|0',
    '2: test_bit -1,1 -> 3|0',
    '3: store -1,2,0,1 -> 0',
  ]);
});

it('declares locals without an operation, of a given range', () => {
  const program = built(
    device_open((f) => {
      const low = lowLevel(f);
      const count = low.int('count', 5);
      const device = low.pointer('device', Device);
      f.if(f.test_bit(x), () => {
        f.set(count, 3);
        f.set(device, f.kzalloc(Device));
      });
      f.if(f.lt(count, 5), () => {
        f.set_bit(y);
      });
      f.if(device, () => {
        f.kfree(device);
      });
    }),
  );
  expect(program.bodies[0]?.locals).toEqual(
    expect.arrayContaining([
      { name: 'count', kind: 'int', max: 5 },
      { name: 'device', kind: 'ptr', type: 0 },
    ]),
  );
});

describe('positions', () => {
  const twoLines = (f: FunctionBuilder): void => {
    const low = lowLevel(f);
    low.at({ file: 'drivers/foo.c', line: 12, column: 5, text: 'foo->x = 1;' });
    f.set_bit(x);
    low.at({ file: 'drivers/foo.c', line: 13, column: 9 });
    f.ignore(f.test_bit(y));
    low.at(null);
    f.set_bit(z);
  };

  it('of the other language go with the operations', () => {
    const { lines } = builtWithLines(device_open(twoLines));
    expect([1, 2].map((operation) => placeOf(lines, operation))).toEqual([
      'drivers/foo.c:12:5',
      'drivers/foo.c:13:9',
    ]);
    expect(lines.text.slice(1, 3)).toEqual(['foo->x = 1;', '']);
    expect(placeOf(lines, 3)).toMatch(/low-level\.spec\.ts:\d+:\d+$/);
  });

  it('change no byte of the program', () => {
    const plain = (f: FunctionBuilder): void => {
      f.set_bit(x);
      f.ignore(f.test_bit(y));
      f.set_bit(z);
    };
    expect(built(device_open(twoLines))).toEqual(built(device_open(plain)));
  });

  it('are what errors name', () => {
    const spec = device_open((f) => {
      lowLevel(f).at({ file: 'drivers/foo.c', line: 7, column: 3 });
      f.test_bit(x);
    });
    expect(errorOf(spec)).toContain('or to f.ignore');
    expect(errorOf(spec)).toMatch(/\(drivers\/foo\.c:7:3\)$/);
    const own = device_open((f) => {
      throw lowLevel(f).error('arrays are not modelled');
    });
    expect(errorOf(own)).toMatch(/^demo\/one\/main: device_open .*: arrays are not modelled \(/);
  });
});

describe('mistakes of a front end are errors', () => {
  it('exits that are never continued', () => {
    const spec = device_open((f) => {
      const low = lowLevel(f);
      const { holds } = low.split(f.test_bit(x));
      low.continueFrom(holds);
      f.set_bit(y);
    });
    expect(errorOf(spec)).toContain(
      'control left by exits that were taken and never continued from',
    );
  });

  it('exits that are continued twice', () => {
    const spec = device_open((f) => {
      const low = lowLevel(f);
      const { holds, fails } = low.split(f.test_bit(x));
      low.continueFrom(holds, fails);
      low.continueFrom(holds);
    });
    expect(errorOf(spec)).toContain('these exits lead somewhere already');
  });

  it('a condition left behind', () => {
    const spec = device_open((f) => {
      f.test_bit(x);
      lowLevel(f).takeExits();
    });
    expect(errorOf(spec)).toContain('a condition was made and not used');
  });
});
