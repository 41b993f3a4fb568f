/** The ledger: adding is all there is to merging, so order and boundaries cannot matter, while loss and repetition show. */
import fc from 'fast-check';
import {
  ledgerDigest,
  mergeTotals,
  NO_TOTALS,
  Sampler,
  type BatchTotals,
} from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';

const program = compileAddress('nbd/fixed/stays-open');
const SEEDS = 600;

const range = (from: number, count: number): BatchTotals => {
  const sampler = new Sampler(program, 'rw/1');
  sampler.run(from, count);
  return sampler.totals();
};
const digest = (totals: BatchTotals): string =>
  ledgerDigest([{ program: programDigest(program), strategy: 'rw/1', totals }]);
const merged = (parts: readonly BatchTotals[]): BatchTotals =>
  parts.reduce((sum, part) => mergeTotals(sum, part), NO_TOTALS);

describe('the ledger', () => {
  const whole = range(0, SEEDS);

  it('is the same for every cut into shards and every order of merging', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: SEEDS - 1 }), { maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (cuts, order) => {
          const edges = [0, ...cuts.sort((a, b) => a - b), SEEDS];
          const parts = edges.slice(1).map((end, i) => range(edges[i] ?? 0, end - (edges[i] ?? 0)));
          const shuffled = parts
            .map((part) => ({ part, key: Number(order.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ part }) => part);
          expect(merged(shuffled)).toEqual(whole);
          expect(digest(merged(shuffled))).toBe(digest(whole));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('differs when a shard is dropped', () => {
    expect(digest(merged([range(0, 200), range(400, 200)]))).not.toBe(digest(whole));
  });

  it('differs when a shard is counted twice', () => {
    const doubled = merged([range(0, 300), range(300, 300), range(300, 300)]);
    expect(digest(doubled)).not.toBe(digest(whole));
    const lanes = (totals: BatchTotals): unknown => totals.signatures.map((s) => s.lanes);
    expect(lanes(doubled)).not.toEqual(lanes(whole));
  });

  it('differs when one shard replaces another of the same size', () => {
    const replaced = merged([range(0, 300), range(0, 300)]);
    expect(digest({ ...replaced, signatures: replaced.signatures })).not.toBe(digest(whole));
  });

  it('keeps the lowest seeds whatever the order', () => {
    const [first] = whole.signatures;
    expect(merged([range(300, 300), range(0, 300)]).signatures[0]?.lowestSeeds).toEqual(
      first?.lowestSeeds,
    );
  });
});
