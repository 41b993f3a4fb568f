import fc from 'fast-check';
import { fmix32, seedRange, Xoroshiro } from './xoroshiro.js';

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

describe('the generator', () => {
  it.each([
    [0, '40df8cca 4aac71b3', '2652f95b 3bb4e8c0 e9129d5d'],
    [42, '941bded0 9423624e', '198b365f 6e4bccc9 d96a1592'],
    [Number.MAX_SAFE_INTEGER, '6b9f10d7 1acb12c6', 'b6f3882f a8df3042 03b45c12'],
  ])('meets the frozen vector of seed %d', (seed, state, outputs) => {
    const generator = new Xoroshiro();
    generator.seed(seed);
    expect(`${hex(generator.s0)} ${hex(generator.s1)}`).toBe(state);
    expect([1, 2, 3].map(() => hex(generator.next())).join(' ')).toBe(outputs);
  });

  it('gives different seeds different states', () => {
    const state = (seed: number): string => {
      const generator = new Xoroshiro();
      generator.seed(seed);
      return `${generator.s0}/${generator.s1}`;
    };
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => a === b || state(a) !== state(b)),
    );
  });

  it('draws nothing for a single candidate and stays below n for more', () => {
    const generator = new Xoroshiro();
    generator.seed(7);
    const before = generator.s0;
    expect(generator.pick(1)).toBe(0);
    expect(generator.s0).toBe(before);
    for (let n = 2; n < 100; n++) expect(generator.pick(n)).toBeLessThan(n);
  });

  it('draws floor(x * n / 2^32)', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 2, max: 65_536 }), (seed, n) => {
        const [picks, plain] = [new Xoroshiro(), new Xoroshiro()];
        picks.seed(seed);
        plain.seed(seed);
        return picks.pick(n) === Math.floor((plain.next() * n) / 2 ** 32);
      }),
    );
  });

  it('makes the generators of consecutive seeds at once as one by one, also past 2^32', () => {
    for (const from of [0, 2 ** 32 - 5, 2 ** 33 - 1, Number.MAX_SAFE_INTEGER - 9]) {
      const together = new Int32Array(20);
      seedRange(from, 10, together);
      const apart = Array.from({ length: 10 }, (_, i) => {
        const generator = new Xoroshiro();
        generator.seed(from + i);
        return [generator.s0 | 0, generator.s1 | 0];
      });
      expect([...together]).toEqual(apart.flat());
    }
  });

  it('mixes as MurmurHash3 does', () => {
    expect(hex(fmix32(1))).toBe('514e28b7');
  });
});
