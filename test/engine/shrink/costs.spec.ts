/** What a switch costs, and which of the cheapest runs is the canonical one. */
import { flag, fn, statics, task, type FunctionBuilder, type TaskSpec } from '@lastref/authoring';
import { costText } from '@lastref/exploration';
import { tiny } from '../support/tiny.js';
import { reproduced } from './support.js';

const { asked, answered } = statics({ asked: flag(), answered: flag() });

const run = (name: string, body: (f: FunctionBuilder) => void): TaskSpec => {
  const called = fn(name, 'a.c', body);
  return task(name, (f) => {
    f.call(called);
  });
};

describe('a switch away from a task that could go on', () => {
  const costOf = (between: (f: FunctionBuilder) => void): string => {
    const program = tiny({
      tasks: [
        run('asks', (f) => {
          f.set_bit(asked);
          between(f);
          f.if(f.test_bit(answered), () => {
            f.invariant('it is not answered', 0);
          });
        }),
        run('answers', (f) => {
          f.if(f.test_bit(asked), () => {
            f.set_bit(answered);
          });
        }),
      ],
    });
    return costText(reproduced(program, 'invariant@asks(it is not answered)').cost);
  };

  it('is a preemption', () => {
    expect(costOf(() => undefined)).toBe('0/1/2/5');
  });

  it('is none at a yield point', () => {
    const between = (f: FunctionBuilder): void => {
      f.return_to_user();
    };
    expect(costOf(between)).toBe('0/0/2/5');
  });
});

describe('of runs that cost the same', () => {
  const fails = fn('fails', 'a.c', (f) => {
    f.invariant('never', 0);
  });
  const scheduleOf = (options: Omit<TaskSpec, 'name' | 'body'>): string => {
    const tasks = ['one', 'two', 'three'].map((name) =>
      task(
        name,
        (f) => {
          f.call(fails);
        },
        options,
      ),
    );
    return reproduced(tiny({ tasks }), 'invariant@fails(never)').schedule;
  };

  it('the one that starts no optional task before one that does, as they are declared', () => {
    expect(scheduleOf({ optional: 32_768 })).toBe('0012');
  });

  it('the one whose first step is of the task declared first', () => {
    expect(scheduleOf({})).toBe('0');
  });
});
