/** In C two files may each have a static of one name; here one name is one thing, so two are an error with both places. */
import { errorOf, small, type SmallCase } from '../small.fixture.js';
import { compile } from '../compile/compile.js';
import { fn } from '../language/fn.js';
import { Idr, KernelModule, statics, SysfsDirectory } from '../language/globals.js';
import { task } from '../language/scenario.js';
import { flag, mutex, Struct } from '../language/struct.js';
import type { FunctionBuilder } from './function-builder.js';

class Device extends Struct {
  static override readonly tag = 'device';
  present = flag();
}
class Twin extends Struct {
  static override readonly tag = 'device';
  other = flag();
}
const here = statics({ lock: mutex(), alone: flag() });
const there = statics({ lock: mutex() });
const elsewhere = statics({ lock: flag() });

const one = (body: (f: FunctionBuilder) => void): SmallCase => ({ tasks: [task('a', body)] });
const PLACE = String.raw`\(\S*names\.spec\.ts:\d+:\d+\)`;
const twice = (what: string): RegExp =>
  new RegExp(`^demo/one/main: ${what}.* ${PLACE} and .* ${PLACE}; give them different names$`);

describe('two of one name', () => {
  it('static locks', () => {
    const spec = one((f) => {
      f.mutex_lock(here.lock);
      f.mutex_lock(there.lock);
    });
    expect(errorOf(spec)).toMatch(twice("two static variables are called 'lock'"));
  });

  it('statics of two kinds', () => {
    const spec = one((f) => {
      f.mutex_lock(here.lock);
      f.set_bit(elsewhere.lock);
    });
    expect(errorOf(spec)).toMatch(twice("two static variables are called 'lock'"));
  });

  it('structs', () => {
    const spec = one((f) => {
      f.kfree(f.kzalloc(Device));
      f.kfree(f.kzalloc(Twin));
    });
    expect(errorOf(spec)).toMatch(twice("two structs have the tag 'device': class Device"));
    expect(errorOf(spec)).toContain('class Twin');
  });

  it.each<[string, (f: FunctionBuilder) => void]>([
    [
      'idrs',
      (f) => {
        f.idr_remove(new Idr('map', Device, 2), 0);
        f.idr_remove(new Idr('map', Device, 2), 0);
      },
    ],
    [
      'modules',
      (f) => {
        f.module_put(new KernelModule('map', 3, []));
        f.module_put(new KernelModule('map', 3, []));
      },
    ],
    [
      'sysfs directories',
      (f) => {
        f.sysfs_remove(new SysfsDirectory('map', 2), 0);
        f.sysfs_remove(new SysfsDirectory('map', 2), 0);
      },
    ],
  ])('%s', (what, body) => {
    expect(errorOf(one(body))).toMatch(twice(`two ${what} are called 'map'`));
  });

  it('tasks', () => {
    const body = (f: FunctionBuilder): void => {
      f.set_bit(here.alone);
    };
    expect(errorOf({ tasks: [task('a', body), task('b', body), task('a', body)] })).toMatch(
      twice("two tasks are called 'a'"),
    );
  });

  it('is no matter between cases that use one of them each', () => {
    expect(
      errorOf(
        one((f) => {
          f.mutex_lock(here.lock);
        }),
      ),
    ).toBe('');
    expect(
      errorOf(
        one((f) => {
          f.mutex_lock(there.lock);
        }),
      ),
    ).toBe('');
  });
});

it('a variant turns on only switches of its scenario', () => {
  const scenario = {
    ...small(
      one((f) => {
        f.set_bit(here.alone);
      }),
    ),
    variants: {
      one: {
        title: 'one',
        switches: ['carefull'],
        cases: {
          main: {
            title: 'main',
            tasks: [
              task('a', (f) => {
                f.set_bit(here.alone);
              }),
            ],
          },
        },
      },
    },
  };
  expect(() => compile(scenario, 'demo/one')).toThrow(
    "demo/one/main: the variant turns on 'carefull', which is no switch of the scenario; did you mean 'careful'?",
  );
});

describe('a name that reports could not bear is refused with its place', () => {
  it.each<[string, string, (f: FunctionBuilder) => void]>([
    [
      'function',
      "function 'Pool::~Pool\\(\\)'",
      (f) => {
        f.call(
          fn('Pool::~Pool()', 'a.cc', (g) => {
            g.set_bit(here.alone);
          }),
        );
      },
    ],
    [
      'file',
      "file 'a#b.c' of function 'g'",
      (f) => {
        f.call(
          fn('g', 'a#b.c', (g) => {
            g.set_bit(here.alone);
          }),
        );
      },
    ],
    [
      'invariant',
      "invariant or pool 'n #1'",
      (f) => {
        f.invariant('n #1', 1);
      },
    ],
    [
      'static',
      "static variable 'a#b'",
      (f) => {
        f.set_bit(statics({ 'a#b': flag() })['a#b']);
      },
    ],
  ])('%s', (_, what, body) => {
    expect(errorOf(one(body))).toMatch(new RegExp(`^demo/one/main: ${what}: only A-Z.* ${PLACE}$`));
  });
});
