/**
 * Runs ranges of seeds of one program and strategy and adds up what they amount to. Synchronous; slices of a range may
 * be run in any order and any number of calls.
 */
import { assert, Machine, SEED_MAX, tablesOf, type Program } from '@lastref/kernel';
import { EXPLORATION_LIMITS } from '../limits.js';
import { strategyByName } from '../strategies/index.js';
import { LowestSeeds } from './lowest-seeds.js';
import { Runner } from './runner.js';
import { SignatureCounter, sortedTotals, type BatchTotals } from './totals.js';
import { Walker } from '../walker/walker.js';

/** Most signatures one sampler tells apart; a program with more is not one bug but a broken model. */
export const SIGNATURES_MAX = 64;

/** Lowest seeds kept per signature, and of cut runs, unless told otherwise. */
const LOWEST_SEEDS = 10;

/** A run met more distinct signatures than a shard may hold. */
export class TooManySignatures extends Error {
  override readonly name = 'TooManySignatures';
}

export interface SamplerOptions {
  /** How many lowest seeds to keep per signature and of cut runs, 10 if absent. */
  readonly keep?: number;
  /** Interprets every step, also where the walker would give the same faster. */
  readonly interpret?: boolean;
  /** Bounds of the walker's memo; past them runs go on in the interpreter. */
  readonly maxBytes?: number;
  readonly maxStates?: number;
}

export class Sampler {
  private readonly machine: Machine;
  private readonly runner: Runner;
  private readonly keep: number;
  /** For rw/1, as long as its memo pays. */
  private walker: Walker | null = null;
  private readonly counters = new Map<string, SignatureCounter>();
  private readonly cutSeeds: LowestSeeds;
  private readonly byFailure: SignatureCounter[] = [];
  private schedules = 0;
  private outside = 0;
  private cut = 0;
  private steps = 0;

  constructor(
    readonly program: Program,
    readonly strategy: string,
    options: SamplerOptions = {},
  ) {
    this.keep = options.keep ?? LOWEST_SEEDS;
    this.cutSeeds = new LowestSeeds(this.keep);
    const found = strategyByName(program, strategy);
    assert(found.ok, found.ok ? '' : found.message);
    this.machine = new Machine(tablesOf(program));
    this.runner = new Runner(this.machine, found.strategy);
    if (strategy === 'rw/1' && options.interpret !== true)
      this.walker = new Walker(
        program,
        {
          counter: (signature) => this.counter(signature),
          cut: (seed) => {
            this.cutSeeds.add(seed);
          },
        },
        {
          maxBytes: options.maxBytes ?? EXPLORATION_LIMITS.walkerBytes,
          maxStates: options.maxStates ?? Infinity,
        },
      );
  }

  /** Runs seeds seedFrom .. seedFrom + count - 1. */
  run(seedFrom: number, count: number): void {
    assert(seedFrom >= 0 && seedFrom + count - 1 <= SEED_MAX, 'seeds are 0 to 2^53-1');
    const end = seedFrom + count;
    let seed = seedFrom;
    while (this.walker !== null && seed < end) {
      const slice = Math.min(EXPLORATION_LIMITS.walkerSlice, end - seed);
      this.walker.run(seed, slice);
      seed += slice;
      if (this.walker.paysNoMore) this.dropWalker(this.walker);
    }
    for (; seed < end; seed++) this.runSeed(seed);
  }

  /** The walker's states and bytes, null if steps are interpreted. */
  get memo(): { readonly states: number; readonly bytes: number } | null {
    return this.walker === null ? null : { states: this.walker.states, bytes: this.walker.bytes };
  }

  totals(): BatchTotals {
    const { walker } = this;
    return {
      schedules: this.schedules + (walker?.totals.schedules ?? 0),
      outside: this.outside + (walker?.totals.outside ?? 0),
      cut: this.cut + (walker?.totals.cut ?? 0),
      cutSeeds: this.cutSeeds.list(),
      steps: this.steps + (walker?.totals.steps ?? 0),
      signatures: sortedTotals(this.counters.values()),
    };
  }

  /** Forgets what was counted; the compiled program stays. */
  clear(): void {
    this.counters.clear();
    this.byFailure.length = 0;
    this.cutSeeds.clear();
    this.schedules = this.outside = this.cut = this.steps = 0;
    this.walker?.clear();
  }

  private dropWalker(walker: Walker): void {
    const { schedules, outside, cut, steps } = walker.totals;
    this.schedules += schedules;
    this.outside += outside;
    this.cut += cut;
    this.steps += steps;
    this.walker = null;
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
    else if (end === 'cut') {
      this.cut++;
      this.cutSeeds.add(seed);
    }
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
