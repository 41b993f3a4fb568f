/** Exact probabilities of programs small enough to work them out by hand, and the odds along a schedule. */
import { flag, fn, mutex, statics, task } from '@lastref/authoring';
import { exactProbabilities, probabilityAlong, replay } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { tiny } from '../support/tiny.js';

const { a, b, go, ready, spun } = statics({
  a: mutex(),
  b: mutex(),
  go: flag(),
  ready: flag(),
  spun: flag(),
});

const ab = fn('ab', 'a.c', (f) => {
  f.mutex_lock(a);
  f.mutex_lock(b);
  f.mutex_unlock(b);
  f.mutex_unlock(a);
});
const ba = fn('ba', 'a.c', (f) => {
  f.mutex_lock(b);
  f.mutex_lock(a);
  f.mutex_unlock(a);
  f.mutex_unlock(b);
});
const opposite = (options: { optional?: number } = {}): Program =>
  tiny({
    tasks: [
      task('1', (f) => {
        f.call(ab);
      }),
      task(
        '2',
        (f) => {
          f.call(ba);
        },
        options,
      ),
    ],
  });
const DEADLOCK = 'deadlock@ab(b)+ba(a)';

const solved = (program: Program): Record<string, number> => {
  const exact = exactProbabilities(program);
  if (!exact.ok) throw new Error(exact.message);
  return Object.fromEntries(exact.bySignature.map((s) => [s.signature, s.probability]));
};

describe('exact probability', () => {
  it('of AB-BA: the second lock is taken by the other task, one in two', () => {
    const exact = exactProbabilities(opposite());
    expect(exact).toMatchObject({
      ok: true,
      failing: 0.5,
      expectedSchedules: 2,
      bySignature: [
        { signature: DEADLOCK, probability: 0.5, expectedSchedules: 2, report: false },
        { signature: 'lock-order@a+b', probability: 1, report: true },
      ],
    });
  });

  it('counts the weight of an optional task', () => {
    const found = solved(opposite({ optional: 16_384 }));
    expect(found[DEADLOCK]).toBe(0.125);
    expect(found['lock-order@a+b']).toBe(0.25);
  });

  // The spinner stands at its test with 3/4 when the first of the others runs, which lets it go with 1/2; then it has to
  // run twice, or three times from the middle of its loop, before the third task: 1/2 (3/4 1/4 + 1/4 1/8) = 7/64.
  it('solves a restart loop', () => {
    const gives_up = fn('gives_up', 'a.c', (f) => {
      f.mutex_lock(a);
      f.mutex_lock(a);
    });
    const found = solved(
      tiny({
        tasks: [
          task('spins', (f) => {
            f.while(
              () => f.not(f.test_bit(go)),
              () => {
                f.set_bit(spun);
              },
            );
            f.unless(f.test_bit(ready), () => {
              f.call(gives_up);
            });
          }),
          task('lets go', (f) => {
            f.set_bit(go);
          }),
          task('makes ready', (f) => {
            f.set_bit(ready);
          }),
        ],
      }),
    );
    expect(found['deadlock@gives_up(a)']).toBeCloseTo(7 / 64, 14);
  });

  it('refuses a program that is larger than its budget', () => {
    expect(exactProbabilities(opposite(), { maxStates: 3 })).toEqual({
      ok: false,
      message: 'tiny/only/main has more than 3 states; raise the limit, or sample it',
    });
  });
});

describe('probability along a schedule', () => {
  it('moves with each step, and says when the failure has become certain', () => {
    const along = probabilityAlong(opposite(), '01', DEADLOCK);
    expect(along).toEqual({
      ok: true,
      before: 0.5,
      started: 0.5,
      steps: [0.5, 1],
      certainAt: 2,
    });
    expect(probabilityAlong(opposite(), '00001111', DEADLOCK)).toMatchObject({ certainAt: null });
  });

  it('ends at one on a schedule that fails so, at zero on one that ends otherwise', () => {
    const program = compileAddress('nbd/idr-removed-early/reuse-index');
    const exact = exactProbabilities(program);
    const [found] = exact.ok ? exact.bySignature : [];
    if (found === undefined) throw new Error('no failure');
    const outcomes = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const run = replay(program, { strategy: 'pct/1:d=3', seed });
      if (!run.ok) throw new Error(run.message);
      const { verdict, schedule, steps } = run.trace;
      const along = probabilityAlong(program, schedule, found.signature);
      if (!along.ok) throw new Error(along.message);
      outcomes.add(verdict.outcome);
      expect(along.steps).toHaveLength(steps.length);
      expect(along.before).toBeCloseTo(found.probability, 12);
      expect(along.steps.at(-1)).toBe(verdict.outcome === 'failed' ? 1 : 0);
    }
    expect(outcomes).toEqual(new Set(['failed', 'clean']));
  });

  it('refuses a choice that is no candidate', () => {
    expect(probabilityAlong(opposite(), '07', DEADLOCK)).toEqual({
      ok: false,
      message: 'choice 2 of the schedule cannot be taken',
    });
  });
});
