/**
 * The seeds of one hunt, shared by its threads: each takes the next slice when it is done with one. Which thread runs which
 * seed is left to chance; totals are sums, so it cannot matter.
 */
const NEXT = 0;
const END = 1;
const DONE = 2;
const CANCEL = 3;
const WORDS = 4;

export class SeedRange {
  private readonly words: BigInt64Array;

  constructor(readonly memory: SharedArrayBuffer) {
    this.words = new BigInt64Array(memory);
  }

  static of(from: number, count: number): SeedRange {
    const range = new SeedRange(new SharedArrayBuffer(WORDS * BigInt64Array.BYTES_PER_ELEMENT));
    range.words[NEXT] = BigInt(from);
    range.words[END] = BigInt(from) + BigInt(count);
    return range;
  }

  /** The next slice, or undefined when none is left or the hunt is cancelled. */
  take(size: number): { readonly from: number; readonly count: number } | undefined {
    if (Atomics.load(this.words, CANCEL) !== 0n) return undefined;
    const from = Number(Atomics.add(this.words, NEXT, BigInt(size)));
    const count = Math.min(size, Number(this.words[END]) - from);
    return count <= 0 ? undefined : { from, count };
  }

  finish(count: number): void {
    Atomics.add(this.words, DONE, BigInt(count));
  }

  /** Seeds that have run. */
  get done(): number {
    return Number(Atomics.load(this.words, DONE));
  }

  cancel(): void {
    Atomics.store(this.words, CANCEL, 1n);
  }
}
