/** A static that tasks need to find their object hides its leak: that is told. */
import { builtWithLines, type SmallCase } from '../small.fixture.js';
import { argument } from '../language/argument.js';
import { Idr, statics } from '../language/globals.js';
import { task } from '../language/scenario.js';
import { flag, ptr, refcount, Struct } from '../language/struct.js';
import type { FunctionBuilder } from '../builder/function-builder.js';
import type { Ref } from '../language/values.js';

class Device extends Struct {
  static override readonly tag = 'device';
  refs = refcount(3);
  present = flag();
}
class Settings extends Struct {
  static override readonly tag = 'settings';
  on = flag();
}
const { device, settings } = statics({ device: ptr(() => Device), settings: ptr(() => Settings) });
const idr = new Idr('devices', Device, 2);
const handed = argument('device', Device);

const made = (f: FunctionBuilder): Ref<typeof Device> => {
  const d = f.kzalloc(Device);
  f.refcount_set(d.refs, 1);
  return d;
};
const put = (f: FunctionBuilder, d: Ref<typeof Device>): void => {
  f.ignore(f.refcount_dec_and_test(d.refs));
};
const warnings = (spec: SmallCase): readonly string[] => builtWithLines(spec).warnings;

it('a static that only the prologue writes holds a counted object for ever', () => {
  const [warning, ...more] = warnings({
    given: (f) => {
      f.store(device, made(f));
    },
    tasks: [
      task('put', (f) => {
        put(f, f.load(device));
      }),
    ],
  });
  expect(more).toEqual([]);
  expect(warning).toMatch(
    /^static variable 'device' holds a device from the prologue on .* \(\S*warnings\.spec\.ts:\d+:\d+\)$/,
  );
});

it('so does an entry of an idr that nobody removes', () => {
  expect(
    warnings({
      given: (f) => {
        f.ignore(f.idr_alloc(idr, 0, made(f)));
      },
      tasks: [
        task('put', (f) => {
          put(f, f.idr_find(idr, 0));
        }),
      ],
    }),
  ).toEqual([expect.stringContaining("idr 'devices' holds a device")]);
});

describe('no warning', () => {
  it('where the driver clears the handle', () => {
    const spec: SmallCase = {
      given: (f) => {
        f.store(device, made(f));
      },
      tasks: [
        task('remove', (f) => {
          const d = f.load(device);
          f.store(device, null);
          put(f, d);
        }),
      ],
    };
    expect(warnings(spec)).toEqual([]);
  });

  it('where the object is handed over', () => {
    const spec: SmallCase = {
      given: (f) => {
        f.pass(handed, made(f));
      },
      tasks: [task('put', put, { args: [handed] })],
    };
    expect(warnings(spec)).toEqual([]);
  });

  it('of an object that is not counted', () => {
    const spec: SmallCase = {
      given: (f) => {
        f.store(settings, f.kzalloc(Settings));
      },
      tasks: [
        task('set', (f) => {
          f.set_bit(f.load(settings).on);
        }),
      ],
    };
    expect(warnings(spec)).toEqual([]);
  });
});
