import { replay } from '@lastref/exploration';
import { completion, flag, fn, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { proveTiny, tiny } from '../support/tiny.js';

const { done, never, first, second } = statics({
  done: completion(),
  never: completion(),
  first: flag(),
  second: flag(),
});
const gives_up = (f: FunctionBuilder, then: () => void): void => {
  f.unless(f.wait_for_completion_timeout(never), then);
};
const check = fn('check', 'a.c', (f, name: string, value: 0 | 1) => {
  f.invariant(name, value);
});

describe('wait_for_completion_timeout', () => {
  it('passes when completed, and never gives up while something else can run', () => {
    const result = proveTiny({
      tasks: [
        task('waits', (f) => {
          f.unless(f.wait_for_completion_timeout(done), () => {
            f.call(check, 'in time', 0);
          });
        }),
        task('completes', (f) => {
          f.set_bit(first);
          f.complete(done);
        }),
      ],
    });
    expect(result.failures).toEqual([]);
  });

  it('gives up instead of hanging', () => {
    const result = proveTiny({
      tasks: [
        task('waits', (f) => {
          gives_up(f, () => {
            f.milestone('gave-up');
            f.set_bit(first);
          });
        }),
      ],
      reaches: ['gave-up'],
    });
    expect(result).toMatchObject({ failures: [], missed: [], ends: { clean: 1, failed: 0 } });
  });

  it('gives up one task at a time, in the order of the program', () => {
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          gives_up(f, () => {
            f.set_bit(first);
          });
        }),
        task('2', (f) => {
          gives_up(f, () => {
            f.unless(f.test_bit(first), () => {
              f.call(check, 'after the first', 0);
            });
          });
        }),
      ],
    });
    expect(result.failures).toEqual([]);
  });

  it('lets others go on that waited for the one who gave up', () => {
    const result = proveTiny({
      tasks: [
        task('gives up', (f) => {
          gives_up(f, () => {
            f.complete(done);
          });
        }),
        task('waits without end', (f) => {
          f.wait_for_completion(done);
          f.set_bit(second);
        }),
      ],
    });
    expect(result).toMatchObject({ failures: [], idleTasks: [] });
  });

  it('gives up before a run is called outside its case', () => {
    const result = proveTiny({
      tasks: [
        task('gives up', (f) => {
          gives_up(f, () => {
            f.milestone('before');
            f.set_bit(first);
          });
        }),
        task('barred', (f) => {
          f.milestone('behind');
          f.set_bit(second);
        }),
      ],
      order: [['before', 'behind']],
    });
    expect(result.ends).toEqual({ clean: 1, failed: 0, outside: 0 });
  });

  it('is replayed from a schedule like any step', () => {
    const program = tiny({
      tasks: [
        task('gives up', (f) => {
          gives_up(f, () => {
            f.set_bit(first);
          });
        }),
        task('other', (f) => {
          f.set_bit(second);
        }),
      ],
    });
    const run = replay(program, { schedule: '100' });
    expect(run.ok && run.trace.verdict.outcome).toBe('clean');
    expect(replay(program, { schedule: '0' })).toMatchObject({ ok: false });
  });
});
