/** Sampled fractions agree with the exact probabilities of the chain, on every program. */
import { exactProbabilities, Sampler } from '@lastref/exploration';
import { kindOf } from '@lastref/kernel';
import { compileAddress, searchable } from '@lastref/scenarios';

const SEEDS = 4_000;
const MAX_Z = 4;

const addresses = searchable().map((a) => `${a.scenario}/${a.variant}/${a.case}`);

/** How many standard deviations a count is away from what it should be; none where only rounding differs. */
const deviation = (count: number, p: number): number => {
  const difference = Math.abs(count - p * SEEDS);
  return difference < 1e-6 ? 0 : difference / Math.sqrt(SEEDS * p * (1 - p));
};

describe.each(addresses)('%s', (address) => {
  it('shows each signature as often as its probability says', () => {
    const program = compileAddress(address);
    const exact = exactProbabilities(program);
    if (!exact.ok) throw new Error(exact.message);
    const sampler = new Sampler(program, 'rw/1');
    sampler.run(0, SEEDS);
    const { signatures, outside, cut } = sampler.totals();
    const counts = new Map(signatures.map(({ signature, count }) => [signature, count]));
    const livelock = exact.bySignature.filter(({ kind }) => kind === 'livelock');
    const endless = livelock.reduce((sum, { probability }) => sum + probability, 0);
    const known = exact.bySignature.map(({ signature }) => signature);
    expect(known).toEqual(expect.arrayContaining([...counts.keys()]));
    for (const { signature, probability } of exact.bySignature) {
      if (kindOf(signature) === 'livelock') continue;
      expect([signature, deviation(counts.get(signature) ?? 0, probability) < MAX_Z]).toEqual([
        signature,
        true,
      ]);
    }
    expect(deviation(outside, exact.outside)).toBeLessThan(MAX_Z);
    expect(deviation(cut, endless)).toBeLessThan(MAX_Z);
  });
});
