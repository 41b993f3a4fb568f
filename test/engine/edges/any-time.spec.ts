/**
 * `timeouts: any`: a time may be up while others can still run. Such a step is an event, drawn behind all other candidates;
 * a run without one is a run of the case that does not say so. All that goes through programs is to agree on it.
 */
import { completion, fn, ptr, statics, Struct, task, timer } from '@lastref/authoring';
import {
  exactProbabilities,
  prove,
  replay,
  Runner,
  RandomWalk,
  Sampler,
  STRATEGIES,
  strategyByName,
} from '@lastref/exploration';
import { Machine, tablesOf, type Program } from '@lastref/kernel';
import { shrink } from '@lastref/shrinking';
import { tiny, type TinyCase } from '../support/tiny.js';

/** A command that lives on its caller's stack: a reply that comes after the caller gave up completes a dead object. */
class Command extends Struct {
  static override readonly tag = 'command';
  done = completion();
}
class Clock extends Struct {
  static override readonly tag = 'clock';
  tick = timer();
}
const { pending, clock } = statics({ pending: ptr(() => Command), clock: ptr(() => Clock) });

const execute = fn('execute', 'a.c', (f) => {
  const command = f.on_stack(Command);
  f.store(pending, command);
  f.ignore(f.wait_for_completion_timeout(command.done));
});
const reply = fn('reply', 'a.c', (f) => {
  const command = f.load(pending);
  f.if(command, () => {
    f.complete(command.done);
  });
});
const LATE = 'use-after-free@reply(command freed by execute)';

const late = (timeouts: TinyCase['timeouts']): Program =>
  tiny({
    tasks: [
      task('execute', (f) => {
        f.call(execute);
      }),
      task('reply', (f) => {
        f.call(reply);
      }),
    ],
    ...(timeouts === undefined ? {} : { timeouts }),
  });

/** A timer that ticks beside two tasks, with faults of nobody. */
const ticking = (): Program =>
  tiny({
    works: [
      [
        Clock,
        'tick',
        fn('tick', 'a.c', (f) => {
          f.complete(f.load(pending).done);
        }),
      ],
    ],
    given: (f) => {
      f.store(pending, f.kzalloc(Command));
      const object = f.kzalloc(Clock);
      f.timer_setup(object.tick);
      f.mod_timer(object.tick);
      f.store(clock, object);
    },
    tasks: [
      task('waits', (f) => {
        f.unless(f.wait_for_completion_timeout(f.load(pending).done), () => {
          f.kfree(f.load(clock));
        });
      }),
      task('deletes', (f) => {
        f.del_timer_sync(f.load(clock).tick);
      }),
    ],
    timeouts: 'any',
  });

it('shows the completion that comes after the timeout, which time alone would not', () => {
  expect(prove(late(undefined)).failures).toEqual([]);
  expect(prove(late('any')).failures).toEqual([LATE]);
});

it('an early timeout is one event of the least cost, and its schedule replays so', () => {
  const program = late('any');
  const shrunk = shrink(program, LATE);
  if (!shrunk.ok) throw new Error(shrunk.message);
  const { reproduction, trace } = shrunk;
  expect(reproduction).toMatchObject({ grade: 'minimum (proved)', cost: { events: 1 } });
  expect(trace.steps.filter(({ early }) => early === true).map(({ text }) => text)).toEqual([
    expect.stringContaining('wait_for_completion_timeout'),
  ]);
  const again = replay(program, { schedule: reproduction.schedule });
  expect(again.ok && again.trace.digest).toBe(trace.digest);
});

it('a seed leads the passes to the same cost', () => {
  const program = late('any');
  const sampler = new Sampler(program, 'rw/1');
  sampler.run(0, 200);
  const seed = sampler.totals().signatures.find(({ signature }) => signature === LATE)
    ?.lowestSeeds[0];
  expect(seed).toBeDefined();
  const start = { strategy: 'rw/1', seed: seed ?? 0 };
  const [plain, seeded] = [shrink(program, LATE), shrink(program, LATE, { start })];
  expect(plain.ok && plain.reproduction.cost).toEqual(seeded.ok && seeded.reproduction.cost);
});

it.each([
  ['a wait', late('any')],
  ['a timer', ticking()],
])(
  '%s: searches agree, and the walker with the interpreter, and both with the probabilities',
  (_, program) => {
    const told = (options: Parameters<typeof prove>[1]) => {
      const { failures, reports, complete } = prove(program, options);
      return { failures, reports, complete };
    };
    const plain = told({});
    expect(plain.complete).toBe(true);
    expect(plain.failures.length).toBeGreaterThan(0);
    for (const options of [{ reduce: true }, { symmetry: true }])
      expect(told(options)).toEqual(plain);
    const sampled = (options: ConstructorParameters<typeof Sampler>[2]) => {
      const sampler = new Sampler(program, 'rw/1', options);
      sampler.run(0, 2000);
      return sampler.totals();
    };
    const interpreted = sampled({ interpret: true });
    expect(sampled({})).toEqual(interpreted);
    expect(sampled({ maxStates: 5 })).toEqual(interpreted);
    const exact = exactProbabilities(program);
    if (!exact.ok) throw new Error(exact.message);
    for (const { signature, probability } of exact.bySignature) {
      const count = interpreted.signatures.find((s) => s.signature === signature)?.count ?? 0;
      expect(Math.abs(count / 2000 - probability)).toBeLessThan(0.06);
    }
  },
);

it('is drawn behind what needs no event', () => {
  const machine = new Machine(tablesOf(late('any')));
  // Task 0 stands at its wait, task 1 at its first step: the second candidate is the timeout of task 0.
  while ((machine.early() & 1) === 0) machine.step(0, false);
  expect([machine.candidates(), machine.early()]).toEqual([3, 1]);
  const walk = new RandomWalk();
  const runner = new Runner(machine, walk);
  expect(runner.run(0)).toBeDefined();
});

it('where nothing else can run, the first in the order of the program is no event, the others are', () => {
  const { a, b } = statics({ a: completion(), b: completion() });
  const program = tiny({
    tasks: [
      task('a', (f) => {
        f.ignore(f.wait_for_completion_timeout(a));
      }),
      task('b', (f) => {
        f.ignore(f.wait_for_completion_timeout(b));
      }),
    ],
    timeouts: 'any',
  });
  const machine = new Machine(tablesOf(program));
  expect([machine.candidates(), machine.early()]).toEqual([3, 2]);
});

it.each(STRATEGIES.map((name) => [name]))('%s runs it and its runs replay', (name) => {
  const program = ticking();
  const found = strategyByName(program, name);
  if (!found.ok) throw new Error(found.message);
  for (let seed = 0; seed < 20; seed++) {
    const result = replay(program, { strategy: found.strategy.name, seed });
    expect(result.ok).toBe(true);
  }
});
