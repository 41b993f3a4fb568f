/** What never ends, never starts or never lets go, or refers to what is not its own, is told with its place, in bounded time. */
import { parseProgram } from '@lastref/kernel';
import { built, device_open, errorOf, IN_DEVICE_OPEN, type SmallCase } from '../small.fixture.js';
import { statics } from '../language/globals.js';
import { task } from '../language/scenario.js';
import { flag } from '../language/struct.js';

const { ready } = statics({ ready: flag() });

it('a body that is built without end', () => {
  const spec = device_open((f) => {
    for (;;) f.set_bit(ready);
  });
  expect(errorOf(spec)).toMatch(
    new RegExp(
      `^${IN_DEVICE_OPEN.replace(/[().]/g, String.raw`\$&`)}more than 16384 operations in one task: a loop of JavaScript builds its body again and again; loops of the run are f.while \\(.*unbounded\\.spec\\.ts:\\d+:\\d+\\)$`,
    ),
  );
});

it('a case in which no task can start', () => {
  const waits = (name: string, after: string, reaches: string): SmallCase['tasks'][number] =>
    task(
      name,
      (f) => {
        f.milestone(reaches);
        f.set_bit(ready);
      },
      { after },
    );
  const spec: SmallCase = {
    tasks: [waits('a', 'b-done', 'a-done'), waits('b', 'a-done', 'b-done')],
  };
  expect(errorOf(spec)).toBe(
    "demo/one/main: no task can start: each waits for a milestone that only such tasks reach, 'a' for 'b-done'; let one of them start at once",
  );
});

describe('a program from outside', () => {
  const good = built({
    tasks: [
      task('a', (f) => {
        f.set_bit(ready);
      }),
    ],
  });
  const told = (json: unknown): string => {
    const parsed = parseProgram(json);
    return parsed.ok
      ? ''
      : parsed.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
  };

  it('that is deeply nested', () => {
    let nested: unknown = [];
    for (let depth = 0; depth < 100_000; depth++) nested = [nested];
    expect(told({ ...good, title: nested })).not.toBe('');
    expect(told(nested)).not.toBe('');
  });

  it('that is enormous', () => {
    const code = Array.from({ length: 200_000 }, () => ({
      op: 'end',
      args: [],
      next: 0,
      frame: -1,
    }));
    expect(told({ ...good, code })).toMatch(/^\/code: /);
  });

  it('that is cyclic', () => {
    const cyclic: Record<string, unknown> = { ...good };
    cyclic['types'] = [cyclic];
    expect(told(cyclic)).not.toBe('');
    const code = [good.code[0], { op: 'zero', args: [0], next: 1, frame: 0 }];
    expect(told({ ...good, code })).not.toBe('');
  });

  it('that refers to what it does not have', () => {
    const [end, first] = good.code;
    expect(told({ ...good, code: [end, { ...first, next: 99 }] })).toMatch(/^\/code\/1\/next: /);
    expect(told({ ...good, code: [end, { ...first, frame: 99 }] })).toMatch(/^\/code\/1\/frame: /);
    expect(told({ ...good, given: 7 })).toMatch(/^\/given: /);
  });
});
