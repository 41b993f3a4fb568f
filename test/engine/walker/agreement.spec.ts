/** The walker says of every seed what the interpreter says, whatever its memo may hold and wherever a run is cut. */
import { fn, int, mutex, statics, task, type MutexField, type Place } from '@lastref/authoring';
import { ledgerDigest, mergeTotals, Sampler, type SamplerOptions } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import fc from 'fast-check';
import { tiny } from '../support/tiny.js';

const SEEDS = 600;
/** Of a host, whose runs are long. */
const SEEDS_OF_HOST = 60;

const totals = (program: Program, options: SamplerOptions, from = 0, count = SEEDS) => {
  const sampler = new Sampler(program, 'rw/1', options);
  sampler.run(from, count);
  return sampler.totals();
};

const MEMOS: readonly [string, SamplerOptions][] = [
  ['whole', {}],
  ['of 50 states', { maxStates: 50 }],
  ['of one state', { maxStates: 1 }],
  ['of few bytes', { maxBytes: 1 << 17 }],
];

const agrees = (program: Program, seeds = SEEDS): void => {
  const interpreted = totals(program, { interpret: true }, 0, seeds);
  for (const [, options] of MEMOS) expect(totals(program, options, 0, seeds)).toEqual(interpreted);
};

describe.each(
  catalogue().map(({ scenario, variant, case: name, host }) => ({
    address: `${scenario}/${variant}/${name}`,
    seeds: host === true ? SEEDS_OF_HOST : SEEDS,
  })),
)('$address', ({ address, seeds }) => {
  const program = compileAddress(address);

  it('has the same counts, lanes, lowest seeds and steps with any memo', () => {
    agrees(program, seeds);
  });

  it('is cut at the same step', () => {
    for (const maxSteps of [1, 20, 41]) agrees({ ...program, maxSteps }, seeds);
  });
});

describe('a program with optional tasks, faults and reports', () => {
  const { a, b, n } = statics({ a: mutex(), b: mutex(), n: int(3) });
  const both = (first: Place<MutexField>, second: Place<MutexField>) =>
    fn('both', 'a.c', (f) => {
      f.mutex_lock(first);
      f.mutex_lock(second);
      f.store(n, 1);
      f.mutex_unlock(second);
      f.mutex_unlock(first);
    });
  const program = tiny({
    tasks: [
      task('ab', (f) => {
        f.call(both(a, b));
      }),
      task(
        'ba',
        (f) => {
          f.call(both(b, a));
        },
        { optional: 32_768 },
      ),
      task(
        'again',
        (f) => {
          f.call(both(a, b));
        },
        { optional: 16_384 },
      ),
    ],
  });

  it('has the same ledger, seed by seed and in any slices', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat().map((seed) => Math.min(seed, Number.MAX_SAFE_INTEGER - 300)),
        fc.integer({ min: 1, max: 200 }),
        (from, cutAt) => {
          const whole = totals(program, { interpret: true }, from, 200);
          const parts = mergeTotals(
            totals(program, {}, from, cutAt),
            totals(program, { maxStates: 5 }, from + cutAt, 200 - cutAt),
          );
          const digest = (t: typeof whole) =>
            ledgerDigest([{ program: 'p', strategy: 'rw/1', totals: t }]);
          expect(digest(parts)).toBe(digest(whole));
          expect(parts).toEqual(whole);
        },
      ),
      { numRuns: 50 },
    );
  });
});

it('keeps to its bytes', () => {
  const maxBytes = 4 << 20;
  const sampler = new Sampler(compileAddress('nbd/fixed/main'), 'rw/1', { maxBytes });
  sampler.run(0, 5_000);
  expect(sampler.memo?.bytes ?? 0).toBeLessThanOrEqual(maxBytes);
});
