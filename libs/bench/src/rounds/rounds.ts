/** Interleaved rounds: every contender once per round, ratios taken within a round, the median of all. */

/** Seconds a contender took for an amount of work of its own. */
export interface Measured {
  readonly work: number;
  readonly seconds: number;
}

export const speed = ({ work, seconds }: Measured): number => work / Math.max(seconds, 1e-9);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}

/** The least value that so large a share of the values does not exceed; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Where the middle half of the values begins and ends. */
export function middleHalf(values: readonly number[]): [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  return [sorted[quarter] ?? 0, sorted[sorted.length - 1 - quarter] ?? 0];
}

/** Processor time of this process and its threads while `work` runs, which says how much it did. */
export function measure(work: () => number): Measured {
  const before = process.cpuUsage();
  const done = work();
  const { user, system } = process.cpuUsage(before);
  return { work: done, seconds: (user + system) / 1e6 };
}

export async function measureAsync(work: () => Promise<number>): Promise<Measured> {
  const before = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  return { work: done, seconds: (user + system) / 1e6 };
}
