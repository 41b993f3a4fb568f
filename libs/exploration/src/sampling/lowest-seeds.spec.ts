import fc from 'fast-check';
import { LowestSeeds, mergeLowest } from './lowest-seeds.js';

const seeds = fc.uniqueArray(fc.nat(1_000), { maxLength: 30 });
const ascending = (list: readonly number[], keep: number): number[] =>
  [...list].sort((a, b) => a - b).slice(0, keep);

it('the lowest are kept, in whatever order they come', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 12 }), (all, keep) => {
      const lowest = new LowestSeeds(keep);
      for (const seed of all) lowest.add(seed);
      expect(lowest.list()).toEqual(ascending(all, keep));
      lowest.clear();
      expect(lowest.list()).toEqual([]);
    }),
  );
});

it('merging parts keeps those of the whole', () => {
  fc.assert(
    fc.property(seeds, fc.nat(30), (all, at) => {
      const [a, b] = [ascending(all.slice(0, at), 10), ascending(all.slice(at), 10)];
      expect(mergeLowest(a, b, 10)).toEqual(ascending(all, 10));
    }),
  );
});
