import { compile } from '../compile/compile.js';
import { fn } from '../language/fn.js';
import { statics } from '../language/globals.js';
import { task, type CaseSpec } from '../language/scenario.js';
import { int, mutex, ptr, refcount, Struct } from '../language/struct.js';
import type { Ref } from '../language/values.js';
import type { FunctionBuilder } from './function-builder.js';

class Device extends Struct {
  static override readonly tag = 'device';
  lock = mutex();
  refs = refcount(3);
  state = int(2);
}
const { shared } = statics({ shared: ptr(() => Device) });

const build = (spec: Omit<CaseSpec, 'title'>): void => {
  compile(
    {
      name: 'demo',
      title: 'demo',
      switches: { careful: 'takes the lock' },
      variants: {
        one: { title: 'one', switches: [], cases: { main: { title: 'main', ...spec } } },
      },
    },
    'demo/one',
  );
};
const inFunction = (body: (f: FunctionBuilder) => void): (() => void) => {
  const probe = fn('device_open', 'drivers/device.c', body);
  return () => {
    build({
      tasks: [
        task('open', (f) => {
          f.call(probe);
        }),
      ],
    });
  };
};
const PLACE = 'demo/one/main: device_open (drivers/device.c) < open: ';

describe('a mistake while building names the place', () => {
  it('a local of another task', () => {
    let leaked: Ref<typeof Device> | undefined;
    const first = fn('first', 'a.c', (f) => {
      leaked = f.load(shared);
    });
    const second = fn('second', 'a.c', (f) => {
      if (leaked !== undefined) f.mutex_lock(leaked.lock);
    });
    expect(() => {
      build({
        tasks: [
          task('a', (f) => {
            f.call(first);
          }),
          task('b', (f) => {
            f.call(second);
          }),
        ],
      });
    }).toThrow("demo/one/main: second (a.c) < b: local 'shared' is not declared in this task");
  });

  it('an unknown label, with the nearest', () => {
    expect(
      inFunction((f) => {
        f.label('again');
        f.load(shared);
        f.goto('agian');
      }),
    ).toThrow(`${PLACE}no label 'agian' in this function; did you mean 'again'?`);
  });

  it('an unknown switch', () => {
    expect(
      inFunction((f) => {
        f.is('carefull');
      }),
    ).toThrow(`${PLACE}no switch 'carefull'; did you mean 'careful'?`);
  });

  it('a milestone that stands on no step of the code', () => {
    const body = (f: FunctionBuilder): void => {
      f.milestone('opened');
      f.load(shared);
    };
    expect(() => {
      build({ tasks: [task('open', body)], reaches: ['opend'] });
    }).toThrow("no step is labelled 'opend'; did you mean 'opened'?");
  });

  it('a label with no step behind it', () => {
    expect(() => {
      build({
        tasks: [
          task('open', (f) => {
            f.load(shared);
            f.milestone('late');
          }),
        ],
      });
    }).toThrow("label 'late' stands on no step");
  });

  it('a void function that returns a value, and recursion', () => {
    expect(
      inFunction((f) => {
        f.return(1);
      }),
    ).toThrow(`${PLACE}a void function returns no value`);
    const again: ReturnType<typeof fn> = fn('again', 'a.c', (f) => {
      f.call(again);
    });
    expect(() => {
      build({
        tasks: [
          task('open', (f) => {
            f.call(again);
          }),
        ],
      });
    }).toThrow('again calls itself');
  });

  it('a task that does nothing', () => {
    expect(() => {
      build({ tasks: [task('idle', () => undefined)] });
    }).toThrow('the task does nothing');
  });

  it('a loop without any step', () => {
    expect(
      inFunction((f) => {
        f.label('again');
        f.goto('again');
      }),
    ).toThrow('a loop without any operation never ends');
  });

  it('an address with a wrong variant or case', () => {
    const scenario = {
      name: 'demo',
      title: '',
      switches: {},
      variants: { buggy: { title: '', switches: [], cases: {} } },
    };
    expect(() => compile(scenario, 'demo/bugy')).toThrow(
      "no variant 'bugy'; did you mean 'buggy'?",
    );
    expect(() => compile(scenario, 'demo/buggy/x')).toThrow("no case 'x'");
  });
});
