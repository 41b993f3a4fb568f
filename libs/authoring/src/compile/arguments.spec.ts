import { built, errorOf, listing, type SmallCase } from '../small.fixture.js';
import { argument } from '../language/argument.js';
import { fn } from '../language/fn.js';
import { statics } from '../language/globals.js';
import { task, type TaskSpec } from '../language/scenario.js';
import { flag, refcount, Struct } from '../language/struct.js';
import type { FunctionBuilder } from '../builder/function-builder.js';
import type { Ref } from '../language/values.js';

class File extends Struct {
  static override readonly tag = 'file';
  static override readonly count = 2;
  refs = refcount(3);
  flushed = flag();
}
class Other extends Struct {
  static override readonly tag = 'other';
  x = flag();
}
const { ready } = statics({ ready: flag() });
const file = argument('file', File);
const second = argument('second', File);
const minor = argument('minor', 3);

const close = (f: FunctionBuilder, opened: Ref<typeof File>): void => {
  f.kfree(opened);
};
const given = (f: FunctionBuilder): void => {
  f.pass(file, f.kzalloc(File));
  f.pass(minor, 2);
};

it('a pointer and an integer are locals of the task, read from the prologue at its end', () => {
  const program = built({
    given,
    tasks: [
      task(
        'close',
        (f, opened, number) => {
          f.if(number, () => {
            f.kfree(opened);
          });
        },
        { args: [file, minor] },
      ),
    ],
  });
  expect(program.tasks).toEqual([
    {
      name: 'close',
      body: 1,
      args: [
        [0, 0],
        [1, 1],
      ],
    },
  ]);
  expect(program.bodies[0]?.locals.slice(0, 2)).toEqual([
    { name: 'file', kind: 'ptr', type: 0 },
    { name: 'minor', kind: 'int', max: 3 },
  ]);
});

it('an argument that a task does not use is let go at its start, and held by no one', () => {
  const program = built({
    given,
    tasks: [
      task(
        'idle',
        (f) => {
          f.set_bit(ready);
        },
        { args: [file] },
      ),
    ],
  });
  const entry = program.bodies[1]?.entry ?? 0;
  expect(program.code[entry]).toMatchObject({ op: 'zero', args: [0] });
});

it('tasks of one body and arguments of the same types share its code', () => {
  const program = built({
    given: (f) => {
      f.pass(file, f.kzalloc(File));
      f.pass(second, f.kzalloc(File));
    },
    tasks: [
      task('close (1)', close, { args: [file] }),
      task('close (2)', close, { args: [second] }),
    ],
  });
  expect(program.tasks.map(({ body }) => body)).toEqual([1, 1]);
  expect(program.tasks.map(({ args }) => args)).toEqual([[[0, 0]], [[0, 1]]]);
});

it('what no task of the case takes is passed to no one', () => {
  const program = built({ given, tasks: [task('close', close, { args: [file] })] });
  expect(listing(program).some((line) => line.includes('set 1'))).toBe(false);
});

describe('errors', () => {
  const takes = (task_: TaskSpec, before?: (f: FunctionBuilder) => void): SmallCase => ({
    ...(before === undefined ? {} : { given: before }),
    tasks: [task_],
  });

  it('a case without a prologue', () => {
    expect(errorOf(takes(task('close', close, { args: [file] })))).toMatch(
      /^demo\/one\/main: task 'close' takes 'file': the case has no prologue \(given\) that passes it \(.*arguments\.spec\.ts:\d+:\d+\)$/,
    );
  });

  it('a prologue that passes something else', () => {
    const spec = takes(task('close', close, { args: [file] }), (f) => {
      f.pass(second, f.kzalloc(File));
    });
    expect(errorOf(spec)).toContain(
      "takes 'file': the prologue, given, never calls f.pass with it",
    );
  });

  it('a task that passes', () => {
    const hands_over = fn('hands_over', 'a.c', (f) => {
      f.pass(file, f.kzalloc(File));
    });
    const spec = takes(
      task('open', (f) => {
        f.call(hands_over);
      }),
    );
    expect(errorOf(spec)).toContain(
      "hands_over (a.c) < open: 'file' is passed here; only the prologue, given, passes arguments",
    );
  });

  it('a pointer to something else', () => {
    const spec = takes(task('close', close, { args: [file] }), (f) => {
      f.pass(file, f.kzalloc(Other) as unknown as Ref<typeof File>);
    });
    expect(errorOf(spec)).toContain("given: 'file' points to file; the value does not");
  });

  it('a number past the declared maximum', () => {
    const spec = takes(
      task(
        'open',
        (f, number) => {
          f.if(number, () => {
            f.set_bit(ready);
          });
        },
        { args: [minor] },
      ),
      (f) => {
        f.pass(minor, 4);
      },
    );
    expect(errorOf(spec)).toContain("given: 4 is more than 'minor' can be: 3");
  });
});
