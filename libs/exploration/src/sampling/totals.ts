/** What a range of seeds amounts to; ranges are merged by adding. */
import { isReport, kindOf, type Kind } from '@lastref/kernel';
import { addLanes, addSeedTo, laneKeys, type Lanes } from './lanes.js';
import { LowestSeeds, mergeLowest } from './lowest-seeds.js';

export interface SignatureTotals {
  readonly signature: string;
  readonly kind: Kind;
  /** A report stands beside the verdict and ends no run. */
  readonly report: boolean;
  readonly count: number;
  readonly lanes: Lanes;
  /** The lowest seeds, ascending. */
  readonly lowestSeeds: readonly number[];
}

export interface BatchTotals {
  readonly schedules: number;
  readonly outside: number;
  readonly cut: number;
  /** The lowest seeds of runs that were cut, ascending; in no ledger. */
  readonly cutSeeds: readonly number[];
  readonly steps: number;
  /** Sorted by signature. */
  readonly signatures: readonly SignatureTotals[];
}

export const NO_TOTALS: BatchTotals = {
  schedules: 0,
  outside: 0,
  cut: 0,
  cutSeeds: [],
  steps: 0,
  signatures: [],
};

const bySignature = (a: SignatureTotals, b: SignatureTotals): number =>
  a.signature < b.signature ? -1 : a.signature > b.signature ? 1 : 0;

/** Adds up two disjoint ranges. @param keep how many lowest seeds to keep per signature, and of cut runs */
export function mergeTotals(a: BatchTotals, b: BatchTotals, keep = 10): BatchTotals {
  const merged = new Map(a.signatures.map((entry) => [entry.signature, entry]));
  for (const entry of b.signatures) {
    const known = merged.get(entry.signature);
    merged.set(
      entry.signature,
      known === undefined
        ? entry
        : {
            ...entry,
            count: known.count + entry.count,
            lanes: addLanes(known.lanes, entry.lanes),
            lowestSeeds: mergeLowest(known.lowestSeeds, entry.lowestSeeds, keep),
          },
    );
  }
  return {
    schedules: a.schedules + b.schedules,
    outside: a.outside + b.outside,
    cut: a.cut + b.cut,
    cutSeeds: mergeLowest(a.cutSeeds, b.cutSeeds, keep),
    steps: a.steps + b.steps,
    signatures: [...merged.values()].sort(bySignature),
  };
}

/** Running count of one signature. */
export class SignatureCounter {
  count = 0;
  private readonly lowest: LowestSeeds;
  private readonly sums = new Int32Array(4);
  private readonly keys: Int32Array;

  constructor(
    readonly signature: string,
    keep: number,
  ) {
    this.lowest = new LowestSeeds(keep);
    this.keys = Int32Array.from(laneKeys(signature), (key) => key | 0);
  }

  add(seed: number): void {
    this.count++;
    addSeedTo(this.sums, this.keys, seed);
    this.lowest.add(seed);
  }

  totals(): SignatureTotals {
    const kind = kindOf(this.signature);
    return {
      signature: this.signature,
      kind,
      report: isReport(kind),
      count: this.count,
      lanes: this.lanes(),
      lowestSeeds: this.lowest.list(),
    };
  }

  private lanes(): Lanes {
    const [a = 0, b = 0, c = 0, d = 0] = this.sums;
    return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
  }
}

export const sortedTotals = (counters: Iterable<SignatureCounter>): SignatureTotals[] =>
  [...counters].map((counter) => counter.totals()).sort(bySignature);
