/**
 * Scenarios that nobody can want: each is an error with its place and what to do, or a verdict that says what is wrong, in bounded
 * time. Programs from outside: test/fixtures/not-ok, by validation and by HTTP; composed names: compose.spec.ts.
 */
import {
  compile,
  flag,
  mutex,
  parameter,
  statics,
  task,
  type FunctionBuilder,
  type Scenario,
} from '@lastref/authoring';
import { Sampler } from '@lastref/exploration';
import { named } from './library/named.js';
import { proveTiny, tiny, type TinyCase } from './support/tiny.js';

const { lock, ready } = statics({ lock: mutex(), ready: flag() });

const spins = (f: FunctionBuilder): void => {
  f.while(
    () => f.not(f.test_bit(ready)),
    () => undefined,
  );
};
const sets = (f: FunctionBuilder): void => {
  f.set_bit(ready);
};

describe('a scenario that never ends', () => {
  it('is a livelock to a search, and cut at its step limit by sampling', () => {
    const spec: TinyCase = { tasks: named({ spins }) };
    expect(proveTiny(spec)).toMatchObject({ failures: ['livelock@spins'], complete: true });
    const sampler = new Sampler(tiny(spec), 'rw/1');
    sampler.run(0, 3);
    expect(sampler.totals()).toMatchObject({ schedules: 3, cut: 3, signatures: [] });
  });

  it.each<[string, string, TinyCase]>([
    [
      'in steps that touch nothing shared',
      'local operations form a cycle: no step ends it',
      {
        tasks: named({
          counts: (f) => {
            const done = f.var('done', 1);
            f.while(
              () => f.eq(done, 0),
              () => {
                f.set(done, 0);
              },
            );
          },
        }),
      },
    ],
    [
      'in its prologue',
      "the prologue 'given' runs past its step limit",
      { given: spins, tasks: named({ sets }) },
    ],
  ])('%s is refused', (_, message, spec) => {
    expect(() => tiny(spec)).toThrow(message);
  });
});

describe('a scenario without a task that can start', () => {
  it.each<[string, TinyCase]>([
    ['there is no task: a case needs one that does something', { tasks: [] }],
    ["no step is labelled 'never'", { tasks: [task('waits', sets, { after: 'never' })] }],
    [
      'let one of them start at once',
      {
        tasks: [
          task('first', milestoneThen('first'), { after: 'second' }),
          task('second', milestoneThen('second'), { after: 'first' }),
        ],
      },
    ],
  ])('is refused: %s', (message, spec) => {
    expect(() => tiny(spec)).toThrow(message);
  });
});

function milestoneThen(name: string): (f: FunctionBuilder) => void {
  return (f) => {
    f.milestone(name);
    sets(f);
  };
}

describe('a lock that nobody gives back', () => {
  const keeps = (f: FunctionBuilder): void => {
    f.mutex_lock(lock);
  };

  it('is a leak of the task that took it, and hangs who waits for it', () => {
    const waits = (f: FunctionBuilder): void => {
      f.mutex_lock(lock);
      f.mutex_unlock(lock);
    };
    expect(proveTiny({ tasks: named({ keeps, waits }) }).failures).toEqual([
      'hung-task@waits(lock)',
      'leak@keeps(held lock)',
    ]);
  });

  it('is refused in the prologue', () => {
    expect(() => tiny({ given: keeps, tasks: named({ sets }) })).toThrow(
      "the prologue 'given' ends with a lock held",
    );
  });
});

it('a parameter out of its range is refused with the range', () => {
  const scenario: Scenario = {
    name: 'card',
    title: 'a card',
    switches: {},
    params: { ports: parameter('ports of the card', { min: 1, max: 4, default: 2 }) },
    variants: {
      one: {
        title: 'one',
        switches: [],
        cases: { main: { title: 'main', params: { ports: 5 }, tasks: named({ sets }) } },
      },
    },
  };
  expect(() => compile(scenario, 'card/one')).toThrow(/ports.*5.*from 1 to 4|ports.*1.*4.*5/);
});
