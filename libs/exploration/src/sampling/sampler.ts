/**
 * Runs ranges of seeds of one program and strategy and adds up what they amount to. Synchronous; slices of a range may
 * be run in any order and any number of calls.
 */
import { assert, Machine, SEED_MAX, tablesOf, type Program } from '@lastref/kernel';
import { strategyByName } from '../strategies/index.js';
import { Runner } from './runner.js';
import { SignatureCounter, sortedTotals, type BatchTotals } from './totals.js';

/** Most signatures one sampler tells apart; a program with more is not one bug but a broken model. */
export const SIGNATURES_MAX = 64;

/** Lowest seeds kept per signature unless told otherwise. */
const LOWEST_SEEDS = 10;

/** A run met more distinct signatures than a shard may hold. */
export class TooManySignatures extends Error {
  override readonly name = 'TooManySignatures';
}

export class Sampler {
  private readonly machine: Machine;
  private readonly runner: Runner;
  private readonly keep: number;
  private readonly counters = new Map<string, SignatureCounter>();
  private readonly byFailure: SignatureCounter[] = [];
  private schedules = 0;
  private outside = 0;
  private cut = 0;
  private steps = 0;

  /** @param options.keep how many lowest seeds to keep per signature, 10 if absent */
  constructor(
    readonly program: Program,
    readonly strategy: string,
    options: { readonly keep?: number } = {},
  ) {
    this.keep = options.keep ?? LOWEST_SEEDS;
    const found = strategyByName(program, strategy);
    assert(found.ok, found.ok ? '' : found.message);
    this.machine = new Machine(tablesOf(program));
    this.runner = new Runner(this.machine, found.strategy);
  }

  /** Runs seeds seedFrom .. seedFrom + count - 1. */
  run(seedFrom: number, count: number): void {
    assert(seedFrom >= 0 && seedFrom + count - 1 <= SEED_MAX, 'seeds are 0 to 2^53-1');
    for (let seed = seedFrom; seed < seedFrom + count; seed++) this.runSeed(seed);
  }

  totals(): BatchTotals {
    return {
      schedules: this.schedules,
      outside: this.outside,
      cut: this.cut,
      steps: this.steps,
      signatures: sortedTotals(this.counters.values()),
    };
  }

  /** Forgets what was counted; the compiled program stays. */
  clear(): void {
    this.counters.clear();
    this.byFailure.length = 0;
    this.schedules = this.outside = this.cut = this.steps = 0;
  }

  private runSeed(seed: number): void {
    const { machine, runner } = this;
    const end = runner.run(seed);
    this.schedules++;
    this.steps += runner.steps;
    if (end === 'failed') {
      const id = machine.failure.id();
      let counter = this.byFailure[id];
      if (counter === undefined) {
        counter = this.counter(machine.failure.signatureOf(id));
        this.byFailure[id] = counter;
      }
      counter.add(seed);
    } else if (end === 'outside') this.outside++;
    else if (end === 'cut') this.cut++;
    const reports = machine.edges.reports();
    for (const report of reports) this.counter(report).add(seed);
  }

  private counter(signature: string): SignatureCounter {
    let counter = this.counters.get(signature);
    if (counter === undefined) {
      if (this.counters.size === SIGNATURES_MAX)
        throw new TooManySignatures(
          `more than ${SIGNATURES_MAX} signatures in one range; the first is ${[...this.counters.keys()][0] ?? ''}`,
        );
      counter = new SignatureCounter(signature, this.keep);
      this.counters.set(signature, counter);
    }
    return counter;
  }
}
