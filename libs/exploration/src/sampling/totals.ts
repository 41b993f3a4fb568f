/** What a range of seeds amounts to; ranges are merged by adding. */
import { isReport, kindOf, type Kind } from '@lastref/kernel';
import { addLanes, addSeed, laneKeys, type Lanes } from './ledger.js';

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
  readonly steps: number;
  /** Sorted by signature. */
  readonly signatures: readonly SignatureTotals[];
}

export const NO_TOTALS: BatchTotals = {
  schedules: 0,
  outside: 0,
  cut: 0,
  steps: 0,
  signatures: [],
};

const bySignature = (a: SignatureTotals, b: SignatureTotals): number =>
  a.signature < b.signature ? -1 : a.signature > b.signature ? 1 : 0;

/** Adds up two disjoint ranges. @param keep how many lowest seeds to keep per signature */
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
            lowestSeeds: [...known.lowestSeeds, ...entry.lowestSeeds]
              .sort((x, y) => x - y)
              .slice(0, keep),
          },
    );
  }
  return {
    schedules: a.schedules + b.schedules,
    outside: a.outside + b.outside,
    cut: a.cut + b.cut,
    steps: a.steps + b.steps,
    signatures: [...merged.values()].sort(bySignature),
  };
}

/** Running count of one signature. */
export class SignatureCounter {
  count = 0;
  readonly lanes: Lanes = [0, 0, 0, 0];
  readonly lowestSeeds: number[] = [];
  private readonly keys: Lanes;

  constructor(
    readonly signature: string,
    private readonly keep: number,
  ) {
    this.keys = laneKeys(signature);
  }

  add(seed: number): void {
    this.count++;
    addSeed(this.lanes, this.keys, seed);
    const lowest = this.lowestSeeds;
    const last = lowest[lowest.length - 1];
    if (lowest.length === this.keep && last !== undefined && seed > last) return;
    let i = lowest.length;
    while (i > 0 && (lowest[i - 1] ?? 0) > seed) i--;
    lowest.splice(i, 0, seed);
    if (lowest.length > this.keep) lowest.pop();
  }

  totals(): SignatureTotals {
    const kind = kindOf(this.signature);
    return {
      signature: this.signature,
      kind,
      report: isReport(kind),
      count: this.count,
      lanes: [...this.lanes],
      lowestSeeds: [...this.lowestSeeds],
    };
  }
}

export const sortedTotals = (counters: Iterable<SignatureCounter>): SignatureTotals[] =>
  [...counters].map((counter) => counter.totals()).sort(bySignature);
