/**
 * Objects handed to tasks by the prologue: no static variable keeps them, so a reference that nobody drops is a leak. Plain
 * search, symmetry and reduction agree on such programs.
 */
import {
  argument,
  flag,
  ptr,
  refcount,
  statics,
  Struct,
  task,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { proveTiny, tiny, type TinyCase } from '../support/tiny.js';

class Device extends Struct {
  static override readonly tag = 'device';
  static override readonly count = 2;
  refs = refcount(3);
  present = flag();
}
const { handle } = statics({ handle: ptr(() => Device) });
const device = argument('device', Device);
const other = argument('other', Device);
const wanted = argument('wanted', 1);

type Dev = Ref<typeof Device>;
const made = (f: FunctionBuilder, references: number): Dev => {
  const d = f.kzalloc(Device);
  f.refcount_set(d.refs, references);
  return d;
};
const put = (f: FunctionBuilder, d: Dev): void => {
  f.if(f.refcount_dec_and_test(d.refs), () => {
    f.kfree(d);
  });
};
const forget = (f: FunctionBuilder, d: Dev): void => {
  f.ignore(f.refcount_dec_and_test(d.refs));
};
const pass =
  (references: number) =>
  (f: FunctionBuilder): void => {
    f.pass(device, made(f, references));
  };

const answers = (spec: TinyCase): string[][] => {
  const program = tiny(spec);
  return [{}, { symmetry: true }, { reduce: true }, { symmetry: true, reduce: true }].map(
    (options) => prove(program, options).failures.toSorted(),
  );
};

it('a reference that nobody drops is a leak, which a static would hide', () => {
  const handed = { given: pass(1), tasks: [task('put', forget, { args: [device] })] };
  expect(answers(handed)).toEqual(Array(4).fill(['leak@given(device)']));
  const hidden: TinyCase = {
    given: (f) => {
      f.store(handle, made(f, 1));
    },
    tasks: [
      task('put', (f) => {
        forget(f, f.load(handle));
      }),
    ],
  };
  expect(proveTiny(hidden).failures).toEqual([]);
});

it('two tasks that put their references free it once, whoever is last', () => {
  const twins = (references: number): TinyCase => ({
    given: pass(references),
    tasks: [task('put', put, { args: [device] }), task('put too', put, { args: [device] })],
  });
  expect(answers(twins(2))).toEqual(Array(4).fill([]));
  expect(prove(tiny(twins(2)), { symmetry: true }).states).toBeLessThan(proveTiny(twins(2)).states);
  expect(answers(twins(3))).toEqual(Array(4).fill(['leak@given(device)']));
  expect(answers(twins(1))).toEqual(
    Array(4).fill([
      'refcount-underflow@put(device.refs)',
      'use-after-free@put(device freed by put)',
    ]),
  );
});

it('tasks that share their code and have different objects are no twins', () => {
  const spec: TinyCase = {
    given: (f) => {
      f.pass(device, made(f, 1));
      f.pass(other, made(f, 2));
    },
    tasks: [task('put', put, { args: [device] }), task('put too', put, { args: [other] })],
  };
  expect(answers(spec)).toEqual(Array(4).fill(['leak@given(device)']));
  expect(prove(tiny(spec), { symmetry: true }).states).toBe(proveTiny(spec).states);
});

it('what a task holds that never starts, or has not started yet, is no leak and is not reused', () => {
  const start = (options: { optional?: number; after?: string }): TinyCase => ({
    given: pass(1),
    tasks: [
      task('first', (f) => {
        f.kfree(f.kzalloc(Device));
        f.milestone('freed');
        f.store(handle, null);
      }),
      task('put', put, { ...options, args: [device] }),
    ],
  });
  expect(answers(start({ optional: 32_768 }))).toEqual(Array(4).fill([]));
  expect(answers(start({ after: 'freed' }))).toEqual(Array(4).fill([]));
});

it('a task that does not use its argument holds nothing', () => {
  const spec: TinyCase = {
    given: pass(1),
    tasks: [
      task(
        'idle',
        (f) => {
          f.store(handle, null);
        },
        { args: [device] },
      ),
    ],
  };
  expect(answers(spec)).toEqual(Array(4).fill(['leak@given(device)']));
});

it('a dead object may be handed over, and using it is found', () => {
  const spec: TinyCase = {
    given: (f) => {
      const d = made(f, 1);
      f.kfree(d);
      f.pass(device, d);
    },
    tasks: [
      task(
        'use',
        (f, d) => {
          f.set_bit(d.present);
        },
        { args: [device] },
      ),
    ],
  };
  expect(answers(spec)).toEqual(Array(4).fill(['use-after-free@use(device freed by given)']));
});

it('integers are handed over as well', () => {
  const spec = (value: 0 | 1): TinyCase => ({
    given: (f) => {
      f.pass(wanted, value);
    },
    tasks: [
      task(
        'check',
        (f, v) => {
          f.invariant('wanted', v);
        },
        { args: [wanted] },
      ),
    ],
  });
  expect(answers(spec(1))).toEqual(Array(4).fill([]));
  expect(answers(spec(0))).toEqual(Array(4).fill(['invariant@check(wanted)']));
});
