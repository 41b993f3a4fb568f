/** What every program promises: the same seed, the same run; states that fork; packing that loses nothing. */
import fc from 'fast-check';
import { NONE, prove, replay, Runner, Sampler, RandomWalk, switchKind } from '@lastref/exploration';
import { isReport, kindOf, Machine, Packer, tablesOf, type Cost } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const addresses = catalogue().map((a) => `${a.scenario}/${a.variant}/${a.case}`);
/** Runs of a host are long, and few say as much. */
const FEW = 3;
const hosts = new Set(
  catalogue().flatMap((a) => (a.host === true ? [`${a.scenario}/${a.variant}/${a.case}`] : [])),
);
const seeds = fc.maxSafeNat();
const SMALL = 5_000;

/** Costs of these programs in one number that orders like the vector. */
const rank = ({ events, preemptions, switches, steps }: Cost): number =>
  ((events * 1000 + preemptions) * 1000 + switches) * 10_000 + steps;

describe.each(addresses)('%s', (address) => {
  const program = compileAddress(address);
  const atMost = (runs: number): { readonly numRuns: number } => ({
    numRuns: hosts.has(address) ? FEW : runs,
  });

  it('compiles to the same bytes every time', () => {
    expect(compileAddress(address)).toEqual(program);
  });

  it('gives one trace per seed, and the same by its schedule', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const bySeed = replay(program, { strategy: 'rw/1', seed });
        if (!bySeed.ok) throw new Error(bySeed.message);
        if (bySeed.trace.verdict.outcome === 'cut') return;
        const again = replay(program, { schedule: bySeed.trace.schedule });
        if (!again.ok) throw new Error(again.message);
        expect(again.trace.digest).toBe(bySeed.trace.digest);
        expect(again.trace.cost).toEqual(bySeed.trace.cost);
      }),
      atMost(20),
    );
  });

  it('goes on from a packed and unpacked state as from the state itself', () => {
    const tables = tablesOf(program);
    const packer = new Packer(tables.layout);
    const [one, two] = [new Machine(tables), new Machine(tables)];
    const words = new Int32Array(packer.words);
    const strategy = new RandomWalk();
    fc.assert(
      fc.property(seeds, (seed) => {
        one.reset();
        strategy.begin(seed);
        for (let step = 0; step < 300; step++) {
          const candidates = one.candidates();
          if (candidates === 0) return;
          packer.pack(one.state, words, 0);
          packer.unpack(words, 0, two.cells);
          two.loaded();
          expect(two.candidates()).toBe(candidates);
          const task = strategy.pick(one, candidates);
          const alive = one.step(task, false);
          expect(two.step(task, false)).toBe(alive);
          if (!alive) {
            expect(two.failure.signature()).toBe(one.failure.signature());
            return;
          }
          const size = tables.layout.slots.length;
          expect(two.cells.subarray(0, size).join()).toBe(one.cells.subarray(0, size).join());
        }
      }),
      atMost(10),
    );
  });

  it('keeps its mask of candidates as a fresh computation would give it', () => {
    const tables = tablesOf(program);
    const [machine, fresh] = [new Machine(tables), new Machine(tables)];
    const strategy = new RandomWalk();
    const runner = new Runner(machine, {
      name: 'checked',
      begin: (seed) => {
        strategy.begin(seed);
      },
      start: (weight) => strategy.start(weight),
      fault: (weight) => strategy.fault(weight),
      executed: () => undefined,
      pick: (m, candidates) => {
        fresh.load(m.state);
        expect(fresh.enabledMask()).toBe(m.enabledMask());
        return strategy.pick(m, candidates);
      },
    });
    fc.assert(
      fc.property(seeds, (seed) => {
        runner.run(seed);
      }),
      atMost(20),
    );
  });
});

/** Programs whose every signature is shrunk here in no time; the large ones are searched by the verdicts' own specs. */
const isSmall = (address: string): boolean =>
  prove(compileAddress(address), { maxStates: SMALL }).complete;

describe('sampling against search', () => {
  it.each(addresses.filter(isSmall))(
    '%s: whatever a seed shows is in the proof, and costs no less than the proved minimum',
    (address) => {
      const program = compileAddress(address);
      const proof = prove(program);
      const sampler = new Sampler(program, 'rw/1');
      sampler.run(0, 2_000);
      for (const { signature, lowestSeeds } of sampler.totals().signatures) {
        expect(isReport(kindOf(signature)) ? proof.reports : proof.failures).toContain(signature);
        const minimum = shrink(program, signature);
        if (!minimum.ok) throw new Error(minimum.message);
        const least = minimum.reproduction.cost;
        for (const seed of lowestSeeds) {
          const run = replay(program, { strategy: 'rw/1', seed });
          if (!run.ok) throw new Error(run.message);
          expect(rank(run.trace.cost)).toBeGreaterThanOrEqual(rank(least));
        }
      }
    },
  );

  it('counts a switch at a yield point as no preemption', () => {
    const machine = new Machine(tablesOf(compileAddress('nbd/buggy/main')));
    machine.reset();
    expect(switchKind(machine, NONE, 0)).toBe('none');
    expect(switchKind(machine, 0, 0)).toBe('none');
    expect(switchKind(machine, 0, 1)).toBe('preemption');
  });
});
