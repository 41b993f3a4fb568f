import { flag, fn, int, ptr, statics, Struct, task } from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 2;
  value = int(3);
  next = ptr(() => Thing);
}
const { shared, isOther } = statics({ shared: ptr(() => Thing), isOther: flag() });

const make = fn('make', 'a.c', (f) => {
  f.store(shared, f.kzalloc(Thing, 'make'));
});
const drop = fn('drop', 'a.c', (f) => {
  const thing = f.load(shared);
  f.store(shared, null);
  f.kfree(thing);
});
const look = fn('look', 'a.c', (f) => {
  const thing = f.load(shared);
  f.if(thing, () => {
    f.load(thing.value);
  });
});

describe('memory', () => {
  it('reports an access to a freed object with type and freeing function, and only then', () => {
    const result = proveTiny({
      given: (f) => {
        f.call(make);
      },
      tasks: [
        task('a', (f) => {
          f.call(drop);
        }),
        task('b', (f) => {
          f.call(look);
        }),
      ],
    });
    expect(result.failures).toEqual(['use-after-free@look(thing freed by drop)']);
  });

  it.each(['one', 'other'])('tells which of two functions freed it: %s', (which) => {
    const one = fn('one', 'a.c', (f) => {
      f.kfree(f.load(shared));
    });
    const other = fn('other', 'a.c', (f) => {
      f.kfree(f.load(shared));
    });
    const result = proveTiny({
      given: (f) => {
        f.call(make);
        f.store(isOther, which === 'other' ? 1 : 0);
      },
      tasks: [
        task('frees', (f) => {
          f.if(
            f.test_bit(isOther),
            () => {
              f.call(other);
            },
            () => {
              f.call(one);
            },
          );
          f.call(look);
        }),
      ],
    });
    expect(result.failures).toEqual([`use-after-free@look(thing freed by ${which})`]);
  });

  it('ends the life of one object, not of the next', () => {
    const after = ranAlone((f) => {
      const [first, second] = [f.kzalloc(Thing), f.kzalloc(Thing)];
      f.store(shared, second);
      f.kfree(first);
    });
    expect(after('thing.1.life')).toBe(1);
  });

  it('reports a second free', () => {
    const twice = fn('twice', 'a.c', (f) => {
      const thing = f.load(shared);
      f.kfree(thing);
      f.kfree(thing);
    });
    const result = proveTiny({
      given: (f) => {
        f.call(make);
      },
      tasks: [
        task('a', (f) => {
          f.call(twice);
        }),
      ],
    });
    expect(result.failures).toEqual(['double-free@twice(thing freed by twice)']);
  });

  it('reports a load through NULL with the field', () => {
    const blind = fn('blind', 'a.c', (f) => {
      f.load(f.load(shared).value);
    });
    const result = proveTiny({
      tasks: [
        task('a', (f) => {
          f.call(blind);
        }),
      ],
    });
    expect(result.failures).toEqual(['null-deref@blind(thing.value)']);
  });

  it('reports what nothing points to at the end, by type and allocating function', () => {
    const forget = fn('forget', 'a.c', (f) => {
      f.kzalloc(Thing);
    });
    const result = proveTiny({
      tasks: [
        task('a', (f) => {
          f.call(forget);
        }),
      ],
    });
    expect(result.failures).toEqual(['leak@forget(thing)']);
  });

  it('calls an object reachable through another, or held by a staying task, no leak', () => {
    const hold = fn('hold', 'a.c', (f) => {
      const first = f.kzalloc(Thing);
      f.store(first.next, f.kzalloc(Thing));
      f.stay(first);
    });
    const result = proveTiny({
      tasks: [
        task('a', (f) => {
          f.call(hold);
        }),
      ],
    });
    expect(result.failures).toEqual([]);
  });

  it('gives NULL where a fault is injected, once per budget', () => {
    const checked = fn('checked', 'a.c', (f) => {
      const thing = f.kzalloc(Thing, 'alloc');
      f.if(f.is_null(thing), () => {
        f.return();
      });
      f.kfree(thing);
    });
    const result = proveTiny({
      tasks: [
        task('a', (f) => {
          f.call(checked);
        }),
      ],
      faults: { points: { alloc: 32768 } },
    });
    expect(result).toMatchObject({ failures: [], unexecuted: [], ends: { clean: 2 } });
  });

  it('stops with an error, never a verdict, when a pool is too small', () => {
    const greedy = fn('greedy', 'a.c', (f) => {
      f.store(shared, f.kzalloc(Thing));
      const second = f.kzalloc(Thing);
      f.stay(f.kzalloc(Thing), second);
    });
    expect(() =>
      proveTiny({
        tasks: [
          task('a', (f) => {
            f.call(greedy);
          }),
        ],
      }),
    ).toThrow('bound exceeded: the pool of thing');
  });

  it('recycles a dead slot as soon as nothing points to it', () => {
    const cycle = fn('cycle', 'a.c', (f) => {
      for (let i = 0; i < 5; i++) {
        f.call(make);
        f.call(drop);
      }
    });
    const result = proveTiny({
      tasks: [
        task('a', (f) => {
          f.call(cycle);
        }),
      ],
    });
    expect(result.failures).toEqual([]);
  });
});
