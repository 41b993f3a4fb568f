/** What validation refuses is told by name, call trace and line, never by a pointer into JSON. */
import { device_open, errorOf, IN_DEVICE_OPEN, type SmallCase } from '../small.fixture.js';
import { statics } from '../language/globals.js';
import { task } from '../language/scenario.js';
import { flag, int, ptr, refcount, Struct, Workqueue } from '../language/struct.js';

class Device extends Struct {
  static override readonly tag = 'device';
  refs = refcount(3);
  state = int(2);
}
class Crowd extends Struct {
  static override readonly tag = 'crowd';
  static override readonly count = 100;
  present = flag();
}
class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
const { ready, device, wide } = statics({
  ready: flag(),
  device: ptr(() => Device),
  wide: int(7),
});

const place = String.raw`\(\S*explain\.spec\.ts:\d+:\d+\)$`;

describe('an operation', () => {
  it('that stores more than the field can hold', () => {
    const spec = device_open((f) => {
      f.store(f.load(device).state, f.load(wide));
    });
    expect(errorOf(spec)).toMatch(
      new RegExp(
        String.raw`^demo/one/main: device_open \(drivers/device\.c\) < open: store: the value can exceed the range of what holds it ${place}`,
      ),
    );
  });

  it('on a pointer to something else', () => {
    const spec = device_open((f) => {
      f.kfree(f.alloc_workqueue(Wq));
    });
    expect(errorOf(spec)).toMatch(
      new RegExp(String.raw`open: kfree: 'wq' does not point to a struct ${place}`),
    );
  });

  it('in a loop that no step ends', () => {
    const spec = device_open((f) => {
      const i = f.var('i', 1, 0);
      f.while(
        () => f.eq(i, 0),
        () => undefined,
      );
      f.set_bit(ready);
    });
    expect(errorOf(spec)).toContain(`${IN_DEVICE_OPEN}test: local operations form a cycle`);
  });
});

describe('a declaration', () => {
  it('of too many objects', () => {
    const spec = device_open((f) => {
      f.kfree(f.kzalloc(Crowd));
    });
    expect(errorOf(spec)).toMatch(
      new RegExp(String.raw`^demo/one/main: struct 'crowd' \(class Crowd\): .* ${place}`),
    );
  });

  it('of a task with a name too long', () => {
    const name = 'a'.repeat(100);
    const spec: SmallCase = {
      tasks: [
        task(name, (f) => {
          f.set_bit(ready);
        }),
      ],
    };
    expect(errorOf(spec)).toMatch(new RegExp(`task '${name}': .* ${place}`));
  });
});

it('a prologue that blocks or fails', () => {
  const spec: SmallCase = {
    given: (f) => {
      f.refcount_inc(f.load(device).refs);
    },
    tasks: [
      task('a', (f) => {
        f.set_bit(ready);
      }),
    ],
  };
  expect(errorOf(spec)).toBe(
    "demo/one/main: given: the prologue 'given' fails: null-deref@given(device.refs)",
  );
});

it('too many operations: the functions that bring the most', () => {
  const spec = device_open((f) => {
    for (let i = 0; i < 5000; i++) f.set_bit(ready);
  });
  expect(errorOf(spec)).toContain('the most are in device_open (5000)');
});

it('an allocation that cannot be written', () => {
  const alloc = device_open((f) => {
    f.kfree(f.kzalloc(Device, 'no #memory'));
  });
  expect(errorOf({ ...alloc, faults: { points: { 'no #memory': 1 } } })).toContain(
    "demo/one/main: allocation 'no #memory': only A-Z",
  );
});
