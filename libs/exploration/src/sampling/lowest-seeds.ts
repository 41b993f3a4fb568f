/** The lowest of the seeds that are added, in ascending order; however many are added, only so many are kept. */
export class LowestSeeds {
  private readonly seeds: number[] = [];
  /** Seeds from here on are not among the lowest. */
  private bound = Infinity;

  /** @param keep how many */
  constructor(private readonly keep: number) {}

  add(seed: number): void {
    if (seed < this.bound) this.insert(seed);
  }

  list(): readonly number[] {
    return [...this.seeds];
  }

  clear(): void {
    this.seeds.length = 0;
    this.bound = Infinity;
  }

  private insert(seed: number): void {
    const { seeds } = this;
    let i = seeds.length;
    while (i > 0 && (seeds[i - 1] ?? 0) > seed) i--;
    seeds.splice(i, 0, seed);
    if (seeds.length > this.keep) seeds.pop();
    if (seeds.length === this.keep) this.bound = seeds[this.keep - 1] ?? 0;
  }
}

export const mergeLowest = (
  a: readonly number[],
  b: readonly number[],
  keep: number,
): readonly number[] => [...a, ...b].sort((x, y) => x - y).slice(0, keep);
