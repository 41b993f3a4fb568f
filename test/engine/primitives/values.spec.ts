/** What calls on flags, memory and completions leave behind, one after another in one task. */
import {
  completion,
  flag,
  fn,
  int,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 2;
  value = int(9, 4);
  next = ptr(() => Thing);
}
class Other extends Struct {
  static override readonly tag = 'other';
  value = int(9, 7);
}
const { bit, got, done, kept } = statics({
  bit: flag(),
  got: int(9),
  done: completion(3),
  kept: ptr(() => Thing),
});

type Body = (f: FunctionBuilder) => void;
type Condition = Parameters<FunctionBuilder['if']>[0];

const SET = 1;
const CLEAR = 2;
const branch = (f: FunctionBuilder, condition: Condition): void => {
  f.if(
    condition,
    () => {
      f.store(got, SET);
    },
    () => {
      f.store(got, CLEAR);
    },
  );
};

describe('flags', () => {
  it.each([
    ['test_bit', 0, 0, CLEAR],
    ['test_bit', 1, 1, SET],
    ['test_and_set_bit', 0, 1, CLEAR],
    ['test_and_set_bit', 1, 1, SET],
    ['test_and_clear_bit', 0, 0, CLEAR],
    ['test_and_clear_bit', 1, 0, SET],
  ] as const)('%s of %d leaves %d and says %d', (call, before, after, answer) => {
    const value = ranAlone((f) => {
      f.store(bit, before);
      branch(f, f[call](bit));
    });
    expect([value('bit'), value('got')]).toEqual([after, answer]);
  });
});

describe('memory', () => {
  const read = (body: Body): number => ranAlone(body)('got');

  it('comes with the first values of its type, also the second time', () => {
    expect(
      read((f) => {
        f.store(got, f.load(f.kzalloc(Thing).value));
      }),
    ).toBe(4);
    expect(
      read((f) => {
        f.store(got, f.load(f.kzalloc(Other).value));
      }),
    ).toBe(7);
    const again: Body = (f) => {
      const first = f.kzalloc(Thing);
      f.store(first.value, 1);
      f.kfree(first);
      f.store(got, f.load(f.kzalloc(Thing).value));
    };
    expect(read(again)).toBe(4);
  });

  it('is another object each time', () => {
    const two: Body = (f) => {
      const first = f.kzalloc(Thing);
      f.store(kept, first);
      f.store(first.value, 1);
      const second = f.kzalloc(Thing);
      f.store(second.value, 2);
      f.store(got, f.load(first.value));
    };
    expect(read(two)).toBe(1);
  });

  it('NULL is freed without a word', () => {
    const { failures } = proveTiny({
      tasks: [
        task('1', (f) => {
          f.kfree(f.pointer('nothing', Thing));
        }),
      ],
    });
    expect(failures).toEqual([]);
  });

  it('a failed free ends the run', () => {
    const twice = fn('twice', 'a.c', (f) => {
      const thing = f.kzalloc(Thing);
      f.kfree(thing);
      f.kfree(thing);
      f.invariant('it went on', 0);
    });
    const { failures } = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(twice);
        }),
      ],
    });
    expect(failures).toEqual(['double-free@twice(thing freed by twice)']);
  });
});

describe('a completion', () => {
  it('counts what completes it, and is taken once by each that waits', () => {
    const value = ranAlone((f) => {
      f.complete(done);
      f.complete(done);
      f.complete(done);
      f.wait_for_completion(done);
    });
    expect(value('done')).toBe(2);
  });

  it('is taken by a wait with a timeout too', () => {
    const value = ranAlone((f) => {
      f.complete(done);
      f.complete(done);
      branch(f, f.wait_for_completion_timeout(done));
    });
    expect([value('done'), value('got')]).toEqual([1, SET]);
  });

  it('is an error where it is completed more often than declared', () => {
    const body: Body = (f) => {
      for (let i = 0; i < 4; i++) f.complete(done);
    };
    expect(() => ranAlone(body)).toThrow('bound exceeded: done would pass');
  });
});
